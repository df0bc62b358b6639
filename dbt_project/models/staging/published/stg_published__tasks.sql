select
    engagement_id,
    task_id,
    category
from {{ source('published', 'dim_tasks') }}
