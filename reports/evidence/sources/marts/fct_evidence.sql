select
    subject_type,
    subject_id,
    evidence_id,
    source_kind,
    document_kind,
    phase,
    team_id,
    role,
    detail,
    quote,
    rows_count,
    grade
from fct_evidence
