select
    phase,
    team_id,
    invited_count,
    heard_count,
    hours_covered_share,
    is_missing
from fct_voices
