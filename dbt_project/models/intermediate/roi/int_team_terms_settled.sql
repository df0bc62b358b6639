-- What the scenarios need to know of each team, side by side.
with valued as (
    select
        settled.engagement_id,
        settled.team_id,
        settled.assumption,
        coalesce(settled.base, case when waived.assumption is not null then 0 end) as base
    from {{ ref('int_team_assumptions_settled') }} as settled
    left join {{ ref('int_assumptions_waived') }} as waived using (engagement_id, assumption)
),

project_hours as (
    select
        hours.engagement_id,
        hours.team_id,
        {{ exact_sum('types.annual_volume * hours.hours') }} as project_hours_year
    from {{ ref('stg_raw__project_type_hours') }} as hours
    inner join {{ ref('stg_raw__project_types') }} as types using (engagement_id, project_type)
    group by hours.engagement_id, hours.team_id
)

select
    teams.engagement_id,
    teams.team_id,
    any_value(teams.hourly_cost) as hourly_cost,
    any_value(teams.headcount) as headcount,
    {% for key in team_keys() -%}
    max(valued.base) filter (where valued.assumption = '{{ key }}') as {{ key }},
    {% endfor -%}
    coalesce(any_value(project_hours.project_hours_year), 0) as project_hours_year
from {{ ref('stg_raw__teams') }} as teams
left join valued using (engagement_id, team_id)
left join project_hours using (engagement_id, team_id)
group by teams.engagement_id, teams.team_id
