-- Base case at full adoption, every task, no delay: what ranks tasks before anything is planned.
select
    settled.engagement_id,
    settled.team_id,
    settled.task_id,
    settled.calibrated_weekly_hours,
    settled.calibrated_weekly_hours * cases.working_weeks / 12 as baseline_hours,
    settled.calibrated_weekly_hours * cases.working_weeks
    * least(1, tasks.eligible_share * cases.eligible)
    * tasks.gain_base
    * cases.adoption_max
    * (1 - cases.review_share) as net_hours_year,
    settled.calibrated_weekly_hours * cases.working_weeks
    * least(1, tasks.eligible_share * cases.eligible)
    * tasks.gain_base
    * cases.adoption_max
    * (1 - cases.review_share)
    * cases.bankable_share as bankable_hours_year
from {{ ref('int_task_hours_settled') }} as settled
inner join {{ ref('int_tasks_decided') }} as tasks using (engagement_id, task_id)
inner join {{ ref('int_cases_valued') }} as cases using (engagement_id)
where cases.case_id = 'base'
