select
    engagement_id,
    metric,
    baseline,
    target,
    horizon_months
from {{ source('raw', 'targets') }}
