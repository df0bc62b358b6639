select
    engagement_id,
    response_id,
    position,
    label,
    category,
    weekly_hours
from {{ source('raw', 'form_tasks') }}
