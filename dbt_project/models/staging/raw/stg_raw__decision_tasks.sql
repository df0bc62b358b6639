select
    engagement_id,
    task_id,
    task_name,
    category,
    training_hours,
    gain_low,
    gain_base,
    gain_high,
    eligible_share,
    horizon,
    owner,
    deadline
from {{ source('raw', 'decision_tasks') }}
