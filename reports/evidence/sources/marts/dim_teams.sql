select
    team_id,
    team_name,
    is_merged,
    teams_count,
    headcount,
    respondents_count,
    response_rate,
    hourly_cost,
    declared_to_contract_ratio,
    is_covered
from dim_teams
