-- Noise before roll-out: what team means and month means leave of each team's y = ln(hours/units).
-- Only cells with work in each month of the baseline, so that the panel is whole.
with cells as (
    -- Distinct: a task compared over two windows is one cell of the baseline.
    select distinct engagement_id, effect_id, side, team_id, task_id
    from {{ ref('int_effect_cells_compared') }}
    where look = 'current' and side in ('treated', 'control')
),

cell_months as (
    select
        cells.engagement_id,
        cells.effect_id,
        cells.side,
        cells.team_id,
        cells.task_id,
        plans.pre_months_count,
        date_trunc('month', work.dated_on) as month_on,
        ln({{ exact_sum('work.hours') }} / {{ exact_sum('work.units') }}) as log_hours_per_unit
    from cells
    inner join {{ ref('int_effects_planned') }} as plans using (engagement_id, effect_id)
    inner join {{ ref('int_work_dated') }} as work
        on
            cells.engagement_id = work.engagement_id
            and cells.team_id = work.team_id
            and cells.task_id = work.task_id
            and work.dated_on between plans.pre_start_on and plans.pre_end_on
    group by all
    having sum(work.hours) > 0 and sum(work.units) > 0
),

whole_cells as (
    select *
    from cell_months
    qualify
        count(*) over (partition by engagement_id, effect_id, team_id, task_id) = pre_months_count
),

team_months as (
    select
        engagement_id,
        effect_id,
        side,
        team_id,
        month_on,
        {{ exact_sum('log_hours_per_unit') }} / count(*) as y
    from whole_cells
    group by engagement_id, effect_id, side, team_id, month_on
)

select
    engagement_id,
    effect_id,
    side,
    team_id,
    month_on,
    y,
    y
    - {{ exact_sum_over('y', 'partition by engagement_id, effect_id, team_id') }}
    / count(*) over (partition by engagement_id, effect_id, team_id)
    - {{ exact_sum_over('y', 'partition by engagement_id, effect_id, month_on') }}
    / count(*) over (partition by engagement_id, effect_id, month_on)
    + {{ exact_sum_over('y', 'partition by engagement_id, effect_id') }}
    / count(*) over (partition by engagement_id, effect_id) as residual
from team_months
