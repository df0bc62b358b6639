with entries as (
    select
        people.engagement_id,
        people.person_id,
        people.team_id,
        people.contract_hours,
        timesheets.worked_on,
        timesheets.hours,
        coalesce(matches.task_id, 'unmapped') as task_id
    from {{ ref('int_timesheet_entries_as_of') }} as timesheets
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on timesheets.engagement_id = engagements.engagement_id
    inner join {{ ref('int_people_placed') }} as people
        on
            timesheets.engagement_id = people.engagement_id
            and timesheets.person_id = people.person_id
    left join {{ ref('stg_enrichment__task_matches') }} as matches
        on
            timesheets.engagement_id = matches.engagement_id
            and timesheets.label = matches.label
            and matches.source = 'timesheet'
    where
        timesheets.worked_on between engagements.baseline_start and engagements.baseline_end
        and timesheets.hours > 0
        and matches.task_id is distinct from 'absence'
),

-- Full working weeks: a person on leave, or on part time, is not counted as idle.
weeks as (
    select
        engagement_id,
        person_id,
        -- Distinct: a day has as many entries as tasks.
        count(distinct worked_on)
        / least({{ var('days_per_week') }}, any_value(contract_hours) / {{ var('hours_per_day') }})
            as working_weeks
    from entries
    group by engagement_id, person_id
),

task_hours as (
    select
        engagement_id,
        person_id,
        team_id,
        task_id,
        contract_hours,
        {{ exact_sum('hours') }} as window_hours
    from entries
    group by all
)

select
    task_hours.*,
    task_hours.window_hours / weeks.working_weeks as observed_weekly_hours,
    {{ exact_sum_over('task_hours.window_hours / weeks.working_weeks',
        'partition by task_hours.engagement_id, task_hours.person_id') }}
    / task_hours.contract_hours as observed_to_contract_ratio
from task_hours
inner join weeks
    on
        task_hours.engagement_id = weeks.engagement_id
        and task_hours.person_id = weeks.person_id
