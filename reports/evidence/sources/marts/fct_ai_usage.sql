select
    team_id,
    respondents_count,
    users_share,
    familiarity,
    works,
    missing
from fct_ai_usage
