select
    engagement_id,
    team_id,
    task_id,
    calibrated_weekly_hours
from {{ source('published', 'fct_baseline') }}
