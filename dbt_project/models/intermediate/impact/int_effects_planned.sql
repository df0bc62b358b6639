-- Each effect as a plan: its windows, counted from its first start, and the saving that the funnel
-- expects of its tasks once adoption is complete.
with cells as (
    select *
    from {{ ref('int_effect_cells_treated') }}
    where look = 'current'
),

full_adoption as (
    select
        engagement_id,
        arg_max(adoption_share, month_index) as adoption_share
    from {{ ref('int_adoption_ramped') }}
    where case_id = 'base'
    group by engagement_id
),

team_savings as (
    select
        cells.engagement_id,
        cells.effect_id,
        cells.team_id,
        {{ exact_sum(
            'least(1, tasks.eligible_share * cases.eligible) * tasks.gain_base
            * full_adoption.adoption_share * (1 - cases.review_share)'
        ) }} / count(tasks.task_id) as expected_saving
    from cells
    left join {{ ref('int_tasks_decided') }} as tasks using (engagement_id, task_id)
    left join full_adoption using (engagement_id)
    left join {{ ref('int_cases_valued') }} as cases
        on
            cells.engagement_id = cases.engagement_id
            and cases.case_id = 'base'
    group by cells.engagement_id, cells.effect_id, cells.team_id
),

expected as (
    select
        engagement_id,
        effect_id,
        {{ exact_sum('expected_saving') }} / count(expected_saving) as expected_saving
    from team_savings
    group by engagement_id, effect_id
),

starts as (
    select
        engagement_id,
        effect_id,
        min(started_on) as started_on,
        bool_and(is_randomised) as is_randomised,
        count(*) as cells_count
    from cells
    group by engagement_id, effect_id
)

select
    starts.engagement_id,
    starts.effect_id,
    starts.started_on,
    starts.is_randomised,
    starts.cells_count,
    windows.pre_start_on,
    windows.pre_end_on,
    windows.post_start_on,
    windows.pre_months_count,
    windows.post_months_count,
    expected.expected_saving
from starts
inner join {{ ref('int_windows_opened') }} as windows
    on
        starts.engagement_id = windows.engagement_id
        and starts.started_on = windows.started_on
        and windows.look = 'current'
inner join expected
    on
        starts.engagement_id = expected.engagement_id
        and starts.effect_id = expected.effect_id
