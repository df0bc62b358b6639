select
    flow_id,
    waiting_team_id,
    providing_team_id,
    object,
    mentions_count,
    blockages_count,
    gaps_count,
    wait_hours,
    severity,
    cause
from fct_flows
