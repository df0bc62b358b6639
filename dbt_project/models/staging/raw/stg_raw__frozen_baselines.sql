select
    engagement_id,
    frozen_on,
    team_id,
    task_id,
    calibrated_weekly_hours,
    calibrated_weekly_hours_low,
    calibrated_weekly_hours_high,
    hours_source
from {{ source('raw', 'frozen_baseline') }}
