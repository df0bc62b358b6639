select
    tool_id,
    tool,
    users_count,
    is_imposed_share,
    satisfaction,
    mentions_count,
    redundant_with,
    missing_integrations
from fct_tools
