with gathered as (
    select * from {{ ref('int_evidence_from_facts') }}
    union all by name
    select * from {{ ref('int_evidence_from_forms') }}
    union all by name
    select * from {{ ref('int_evidence_from_decisions') }}
    union all by name
    select
        rows_found.*,
        replace(phrases.phrase, '{rows}', cast(rows_found.rows_count as varchar)) as quote
    from {{ ref('int_evidence_from_rows') }} as rows_found
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on rows_found.engagement_id = engagements.engagement_id
    left join {{ ref('evidence_phrases') }} as phrases
        on
            engagements.language = phrases.language
            and rows_found.source_kind = phrases.source_kind
    union all by name
    select
        statements.engagement_id,
        'contradiction' as subject_type,
        statements.topic as subject_id,
        statements.fact_id as origin,
        'interview' as source_kind,
        facts.phase,
        case when facts.is_speaker_shown then facts.published_team_id end as team_id,
        case when facts.is_speaker_shown then facts.role end as role,
        statements.position as detail,
        facts.quote,
        1 as rows_count
    from {{ ref('int_statements_positioned') }} as statements
    inner join {{ ref('int_contradictions_found') }} as contradictions
        on
            statements.engagement_id = contradictions.engagement_id
            and statements.topic = contradictions.topic
    inner join {{ ref('int_facts_attributed') }} as facts
        on
            statements.engagement_id = facts.engagement_id
            and statements.fact_id = facts.fact_id
)

select
    gathered.engagement_id,
    gathered.subject_type,
    gathered.subject_id,
    md5(concat_ws(
        '/', gathered.subject_type, gathered.subject_id, gathered.source_kind, gathered.origin
    )) as evidence_id,
    gathered.origin,
    gathered.source_kind,
    sources.document_kind,
    coalesce(gathered.phase, sources.phase) as phase,
    gathered.team_id,
    gathered.role,
    gathered.detail,
    gathered.quote,
    coalesce(gathered.rows_count, 1) as rows_count,
    sources.grade
from gathered
inner join {{ ref('evidence_sources') }} as sources
    on gathered.source_kind = sources.source_kind
