-- The funnel of the base case, each step a column (model.md, section 2).
with static_steps as (
    select
        settled.engagement_id,
        settled.team_id,
        settled.task_id,
        coalesce(roadmap.is_in_scope, false) as is_in_scope,
        coalesce(roadmap.start_delay_months, 0) as start_delay_months,
        settled.calibrated_weekly_hours * cases.working_weeks / 12 as baseline_hours,
        baseline_hours * least(1, tasks.eligible_share * cases.eligible) as eligible_hours,
        eligible_hours * tasks.gain_base as gained_hours,
        1 - cases.review_share as net_share,
        cases.bankable_share
    from {{ ref('int_task_hours_settled') }} as settled
    inner join {{ ref('int_tasks_decided') }} as tasks using (engagement_id, task_id)
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id)
    left join {{ ref('int_roadmap_placed') }} as roadmap using (engagement_id, task_id)
    where cases.case_id = 'base'
)

select
    steps.engagement_id,
    steps.team_id,
    steps.task_id,
    months.month_index,
    steps.is_in_scope,
    steps.baseline_hours,
    steps.eligible_hours,
    steps.gained_hours,
    steps.gained_hours * months.adoption_share * steps.net_share * steps.bankable_share
        as potential_hours,
    case
        when steps.is_in_scope then steps.gained_hours * coalesce(started.adoption_share, 0) else 0
    end as adopted_hours,
    adopted_hours * steps.net_share as net_hours,
    net_hours * steps.bankable_share as bankable_hours
from static_steps as steps
inner join {{ ref('int_adoption_ramped') }} as months
    on
        steps.engagement_id = months.engagement_id
        and months.case_id = 'base'
left join {{ ref('int_adoption_ramped') }} as started
    on
        steps.engagement_id = started.engagement_id
        and started.case_id = 'base'
        and months.month_index - steps.start_delay_months = started.month_index
