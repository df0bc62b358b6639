select
    team_id,
    candidates_count,
    interview_signals_count,
    names
from fct_champions
