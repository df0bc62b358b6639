select
    team_id,
    candidates_count,
    names
from fct_champions
