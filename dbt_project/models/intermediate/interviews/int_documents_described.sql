-- Where people do not say the same of a document, what most say; of a tie, the gravest.
with said as (
    select
        facts.engagement_id,
        {{ name_key('facts.document_name') }} as document_key,
        facts.document_name,
        facts.document_kind,
        facts.document_status,
        facts.owner_role,
        statuses.gravity,
        count(*) over (
            partition by
                facts.engagement_id, {{ name_key('facts.document_name') }}, facts.document_status
        ) as status_mentions_count,
        count(*) over (
            partition by
                facts.engagement_id, {{ name_key('facts.document_name') }}, facts.document_kind
        ) as kind_mentions_count
    from {{ ref('int_facts_attributed') }} as facts
    left join {{ ref('document_statuses') }} as statuses
        on facts.document_status = statuses.document_status
    where facts.fact_type = 'document' and {{ name_key('facts.document_name') }} is not null
)

select
    engagement_id,
    document_key,
    min(trim(document_name)) as document,
    arg_min(document_kind, (-kind_mentions_count, document_kind))
        filter (where document_kind is not null) as kind,
    arg_min(document_status, (-status_mentions_count, gravity))
        filter (where document_status is not null) as status,
    {{ joined_texts('owner_role') }} as owner_role,
    count(*) as mentions_count
from said
group by engagement_id, document_key
