select
    engagement_id,
    response_id,
    tool_name,
    satisfaction,
    is_imposed,
    missing_integration
from {{ source('raw', 'form_tools') }}
