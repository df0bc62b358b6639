select
    engagement_id,
    frozen_on,
    team_id,
    task_id,
    months_since_start,
    net_hours
from {{ source('raw', 'frozen_forecast') }}
