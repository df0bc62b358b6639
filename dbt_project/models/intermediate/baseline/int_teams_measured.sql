with declaring_people as (
    select
        engagement_id,
        team_id,
        person_id,
        any_value(contract_hours) as contract_hours,
        {{ exact_sum('declared_weekly_hours') }} as declared_weekly_hours
    from {{ ref('int_task_hours_capped') }}
    group by engagement_id, team_id, person_id
),

declaring as (
    select
        engagement_id,
        team_id,
        count(*) as respondents_count,
        {{ exact_sum('declared_weekly_hours') }} as declared_weekly_hours,
        {{ exact_sum('contract_hours') }} as contract_hours
    from declaring_people
    group by engagement_id, team_id
),

logging as (
    select
        engagement_id,
        team_id,
        -- Distinct: a person has one row per task.
        count(distinct person_id) as persons_with_timesheets_count
    from {{ ref('int_task_hours_observed') }}
    group by engagement_id, team_id
)

select
    teams.engagement_id,
    teams.team_id,
    teams.team_name,
    teams.headcount,
    teams.hourly_cost,
    declaring.declared_weekly_hours,
    declaring.contract_hours as respondents_contract_hours,
    coalesce(declaring.respondents_count, 0) as respondents_count,
    coalesce(logging.persons_with_timesheets_count, 0) as persons_with_timesheets_count,
    declaring.team_id is not null or logging.team_id is not null as is_covered
from {{ ref('stg_raw__teams') }} as teams
left join declaring using (engagement_id, team_id)
left join logging using (engagement_id, team_id)
