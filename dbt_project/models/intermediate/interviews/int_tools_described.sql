with answers as (
    select
        tools.engagement_id,
        {{ name_key('tools.tool_name') }} as tool_key,
        min(trim(tools.tool_name)) as tool,
        -- Distinct: one person may list a tool twice.
        count(distinct responses.person_id) as users_count,
        cast(count(*) filter (where tools.is_imposed) as double)
        / nullif(count(tools.is_imposed), 0) as is_imposed_share,
        cast(sum(tools.satisfaction) as double) / nullif(count(tools.satisfaction), 0)
            as satisfaction
    from {{ ref('stg_raw__form_tools') }} as tools
    inner join {{ ref('int_responses_settled') }} as responses
        on
            tools.engagement_id = responses.engagement_id
            and tools.response_id = responses.response_id
    where {{ name_key('tools.tool_name') }} is not null
    group by tools.engagement_id, {{ name_key('tools.tool_name') }}
),

said as (
    select
        engagement_id,
        {{ name_key('tool') }} as tool_key,
        min(trim(tool)) as tool,
        count(*) as mentions_count,
        {{ joined_texts('redundant_with') }} as redundant_with
    from {{ ref('int_facts_attributed') }}
    where fact_type = 'tool_use' and {{ name_key('tool') }} is not null
    group by engagement_id, {{ name_key('tool') }}
),

wanted as (
    select
        engagement_id,
        tool_key,
        {{ joined_texts('missing_integration') }} as missing_integrations
    from (
        select
            tools.engagement_id,
            {{ name_key('tools.tool_name') }} as tool_key,
            tools.missing_integration
        from {{ ref('stg_raw__form_tools') }} as tools
        inner join {{ ref('int_responses_settled') }} as responses
            on
                tools.engagement_id = responses.engagement_id
                and tools.response_id = responses.response_id
        union all
        select
            engagement_id,
            {{ name_key('tool') }} as tool_key,
            missing_integration
        from {{ ref('int_facts_attributed') }}
        where fact_type = 'tool_use'
    ) as integrations
    group by engagement_id, tool_key
),

asked as (
    select
        engagement_id,
        count(*) as responses_count
    from {{ ref('int_responses_settled') }}
    group by engagement_id
)

select
    engagement_id,
    tool_key,
    coalesce(answers.tool, said.tool) as tool,
    -- Nobody asked is not nobody using.
    case when asked.responses_count > 0 then coalesce(answers.users_count, 0) end as users_count,
    -- What one or two people answered is theirs.
    case when answers.users_count >= {{ var('min_cell_people') }} then answers.is_imposed_share end
        as is_imposed_share,
    case when answers.users_count >= {{ var('min_cell_people') }} then answers.satisfaction end
        as satisfaction,
    coalesce(said.mentions_count, 0) as mentions_count,
    said.redundant_with,
    wanted.missing_integrations
from answers
full outer join said using (engagement_id, tool_key)
left join wanted using (engagement_id, tool_key)
left join asked using (engagement_id)
