-- Tasks are summed here, before months come in: 2,000 cases by 36 months by task would be too many.
with case_tasks as (
    select
        cases.engagement_id,
        cases.case_id,
        settled.team_id,
        roadmap.start_delay_months,
        {{ case_value('cases.hours_point', 'cases.hours_u',
            'coalesce(settled.calibrated_weekly_hours_low, settled.calibrated_weekly_hours)',
            'settled.calibrated_weekly_hours',
            'coalesce(settled.calibrated_weekly_hours_high, settled.calibrated_weekly_hours)') }}
        * cases.working_weeks / 12 as baseline_hours,
        case
            when roadmap.is_in_scope
                then least(1, tasks.eligible_share * cases.eligible)
                * {{ case_value('cases.gain_point', 'cases.gain_u',
                    'tasks.gain_low', 'tasks.gain_base', 'tasks.gain_high') }}
            else 0
        end as gained_share
    from {{ ref('int_task_hours_settled') }} as settled
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id)
    left join {{ ref('int_tasks_decided') }} as tasks using (engagement_id, task_id)
    left join {{ ref('int_roadmap_placed') }} as roadmap using (engagement_id, task_id)
)

select
    engagement_id,
    case_id,
    team_id,
    start_delay_months,
    {{ exact_sum('baseline_hours') }} as baseline_hours,
    {{ exact_sum('baseline_hours * gained_share') }} as gained_hours
from case_tasks
group by engagement_id, case_id, team_id, start_delay_months
