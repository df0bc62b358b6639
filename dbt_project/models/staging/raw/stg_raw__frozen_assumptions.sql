select
    engagement_id,
    frozen_on,
    assumption,
    team_id,
    task_id,
    low,
    base,
    high,
    set_by
from {{ source('raw', 'frozen_assumptions') }}
