select
    engagement_id,
    source,
    label,
    task_id
from {{ source('raw', 'decision_task_map') }}
