-- In redacted text `[role, team]` stands for somebody who is spoken of, and a role is often one
-- person's. Other brackets, such as a source's "[3, 4]", stay.
with masks as (
    select
        engagement_id,
        '\[[^\[\]]*, (' || string_agg(regexp_escape(team_name), '|') || ')\]' as role_and_team
    from {{ ref('stg_raw__teams') }}
    group by engagement_id
)

select
    gathered.engagement_id,
    gathered.subject_type,
    gathered.subject_id,
    gathered.evidence_id,
    gathered.source_kind,
    gathered.document_kind,
    gathered.phase,
    gathered.team_id,
    gathered.role,
    gathered.detail,
    case
        when contains(gathered.quote, '[')
            then regexp_replace(gathered.quote, masks.role_and_team, '[\1]', 'g')
        else gathered.quote
    end as quote,
    cast(gathered.rows_count as bigint) as rows_count,
    gathered.grade
from {{ ref('int_evidence_gathered') }} as gathered
inner join masks on gathered.engagement_id = masks.engagement_id
order by
    gathered.engagement_id, gathered.subject_type, gathered.subject_id, gathered.evidence_id
