select
    engagement_id,
    measure,
    cast(value as double) as value
from {{ ref('int_coverage_measured') }}
order by engagement_id, measure
