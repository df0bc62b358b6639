select
    engagement_id,
    subject_type,
    subject_id,
    evidence_id,
    source_kind,
    document_kind,
    phase,
    team_id,
    role,
    detail,
    -- `[role, team]` stands for somebody who is spoken of, and a role is often one person's.
    regexp_replace(quote, '\[[^\[\]]*, ([^\[\],]+)\]', '[\1]', 'g') as quote,
    cast(rows_count as bigint) as rows_count,
    grade
from {{ ref('int_evidence_gathered') }}
order by engagement_id, subject_type, subject_id, evidence_id
