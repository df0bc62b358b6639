select
    engagement_id,
    page,
    text
from {{ source('raw', 'notes') }}
