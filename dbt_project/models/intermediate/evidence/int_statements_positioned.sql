-- What each voice says on questions that the others answer too. Where one person answers once, his
-- last word counts.
with facts as (
    select
        engagement_id,
        voice,
        fact_id,
        case fact_type
            when 'priority_vote' then 'priority'
            when 'bandwidth_answer' then 'bandwidth'
            when 'pain_point' then 'pain_point'
            when 'target' then 'target:' || topic
            when 'document' then 'document:' || {{ name_key('document_name') }}
            when 'tool_use' then 'tool:' || {{ name_key('tool') }}
            when 'baseline_number' then 'number:' || task_id || ':' || {{ name_key('object') }}
            when 'ai_usage'
                then concat_ws(':', 'ai_usage', coalesce(task_id, {{ name_key('tool') }}))
        end as topic,
        case fact_type
            when 'target' then concat_ws(' ', cast(number_value as varchar), unit)
            when 'baseline_number' then concat_ws(' ', cast(number_value as varchar), unit)
            when 'document' then document_status
            when 'tool_use'
                then case when is_imposed then 'imposed' when not is_imposed then 'chosen' end
            when 'ai_usage' then polarity
            else topic
        end as position
    from {{ ref('int_facts_attributed') }}
    qualify
        fact_type not in ('priority_vote', 'bandwidth_answer', 'target')
        or row_number() over (
            partition by
                engagement_id,
                document_id,
                fact_type,
                case when fact_type = 'target' then topic end
            order by turn_index desc, char_start desc
        ) = 1
)

select
    engagement_id,
    voice,
    fact_id,
    topic,
    position
from facts
where topic is not null and position is not null and voice is not null
union all
-- The form says how many use AI in their daily work, whatever others believe.
select
    engagement_id,
    'teams' as voice,
    null as fact_id,
    'ai_usage' as topic,
    case when is_regular then 'works' else 'missing' end as position
from {{ ref('int_responses_settled') }}
where is_regular is not null
union all
select
    tools.engagement_id,
    'teams' as voice,
    null as fact_id,
    'tool:' || {{ name_key('tools.tool_name') }} as topic,
    case when tools.is_imposed then 'imposed' else 'chosen' end as position
from {{ ref('stg_raw__form_tools') }} as tools
inner join {{ ref('int_responses_settled') }} as responses
    on
        tools.engagement_id = responses.engagement_id
        and tools.response_id = responses.response_id
where tools.is_imposed is not null and {{ name_key('tools.tool_name') }} is not null
