select
    engagement_id,
    task_id,
    task_name,
    category,
    origin
from {{ source('enrichment', 'tasks') }}
