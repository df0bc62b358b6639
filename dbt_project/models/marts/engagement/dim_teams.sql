with merged as (
    select
        measured.engagement_id,
        published.published_team_id as team_id,
        any_value(published.published_team_name) as team_name,
        any_value(published.is_merged) as is_merged,
        count(*) as teams_count,
        {{ exact_sum('measured.headcount') }} as headcount,
        sum(measured.respondents_count) as respondents_count,
        {{ exact_sum('measured.headcount * measured.hourly_cost') }}
        / nullif({{ exact_sum('measured.headcount') }}, 0) as hourly_cost,
        {{ exact_sum('measured.declared_weekly_hours') }}
        / nullif({{ exact_sum('measured.respondents_contract_hours') }}, 0)
            as declared_to_contract_ratio,
        bool_and(measured.is_covered) as is_covered
    from {{ ref('int_teams_measured') }} as measured
    inner join {{ ref('int_teams_published') }} as published
        on
            measured.engagement_id = published.engagement_id
            and measured.team_id = published.team_id
    group by measured.engagement_id, published.published_team_id
)

select
    engagement_id,
    team_id,
    team_name,
    is_merged,
    cast(teams_count as integer) as teams_count,
    headcount,
    cast(respondents_count as integer) as respondents_count,
    respondents_count / nullif(headcount, 0) as response_rate,
    hourly_cost,
    declared_to_contract_ratio,
    is_covered
from merged
order by engagement_id, team_id
