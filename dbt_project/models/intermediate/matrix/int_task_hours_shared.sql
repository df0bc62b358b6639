-- Hours by task over all teams, and the team that spends most on it.
with task_hours as (
    select
        engagement_id,
        task_id,
        arg_min(team_id, (-{{ band_value('calibrated_weekly_hours') }}, team_id))
            filter (where calibrated_weekly_hours > 0) as main_team_id,
        {{ exact_sum('calibrated_weekly_hours') }} as calibrated_weekly_hours,
        {{ exact_sum('net_hours_year') }} as net_hours_year,
        {{ exact_sum('bankable_hours_year') }} as bankable_hours_year
    from {{ ref('int_task_hours_potential') }}
    group by engagement_id, task_id
),

all_hours as (
    select
        engagement_id,
        {{ exact_sum('calibrated_weekly_hours') }} as calibrated_weekly_hours
    from {{ ref('int_task_hours_settled') }}
    group by engagement_id
)

select
    tasks.engagement_id,
    tasks.task_id,
    task_hours.main_team_id,
    task_hours.calibrated_weekly_hours,
    task_hours.net_hours_year,
    task_hours.bankable_hours_year,
    -- A task that nobody does saves nothing; without any hours at all nothing is known.
    case when task_hours.task_id is null then 0 else task_hours.net_hours_year end
    / nullif(all_hours.calibrated_weekly_hours * weeks.base, 0) as net_hours_share
from {{ ref('int_tasks_decided') }} as tasks
left join task_hours using (engagement_id, task_id)
left join all_hours using (engagement_id)
left join {{ ref('int_assumptions_settled') }} as weeks
    on
        tasks.engagement_id = weeks.engagement_id
        and weeks.assumption = 'working_weeks'
