select
    engagement_id,
    tool_key as tool_id,
    tool,
    users_count,
    is_imposed_share,
    satisfaction,
    mentions_count,
    redundant_with,
    missing_integrations
from {{ ref('int_tools_described') }}
order by engagement_id, tool_key
