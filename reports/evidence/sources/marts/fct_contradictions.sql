select
    topic,
    committee_says,
    directors_say,
    teams_say,
    statements_count,
    evidence_ids
from fct_contradictions
