-- Each member of the committee has one vote: what he said last, when he first leaned elsewhere.
with votes as (
    select
        facts.engagement_id,
        facts.topic as priority,
        coalesce(turns.person_id, facts.document_id) as member,
        facts.interviewed_on,
        facts.document_id,
        facts.turn_index,
        facts.char_start
    from {{ ref('int_facts_attributed') }} as facts
    inner join {{ ref('priorities') }} as priorities
        on facts.topic = priorities.priority
    left join {{ ref('stg_raw__turns') }} as turns
        on
            facts.engagement_id = turns.engagement_id
            and facts.document_id = turns.document_id
            and facts.turn_index = turns.turn_index
    where facts.fact_type = 'priority_vote' and facts.voice = 'committee'
    qualify
        row_number() over (
            partition by facts.engagement_id, coalesce(turns.person_id, facts.document_id)
            order by
                facts.interviewed_on desc nulls last,
                facts.document_id desc,
                facts.turn_index desc,
                facts.char_start desc
        ) = 1
)

select
    engagement_id,
    priority,
    count(*) as votes_count
from votes
group by engagement_id, priority
