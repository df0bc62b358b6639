with evidence as (
    select
        engagement_id,
        subject_id as topic,
        string_agg(evidence_id, ', ' order by evidence_id) as evidence_ids
    from {{ ref('int_evidence_gathered') }}
    where subject_type = 'contradiction'
    group by engagement_id, subject_id
)

select
    contradictions.engagement_id,
    contradictions.topic,
    contradictions.committee_says,
    contradictions.directors_say,
    contradictions.teams_say,
    cast(contradictions.statements_count as bigint) as statements_count,
    evidence.evidence_ids
from {{ ref('int_contradictions_found') }} as contradictions
left join evidence using (engagement_id, topic)
order by contradictions.engagement_id, contradictions.topic
