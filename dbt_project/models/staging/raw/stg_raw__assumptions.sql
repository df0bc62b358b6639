select
    engagement_id,
    assumption,
    team_id,
    low,
    base,
    high,
    source,
    set_by
from {{ source('raw', 'assumptions') }}
