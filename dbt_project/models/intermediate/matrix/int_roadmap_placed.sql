with ruled as (
    select
        matrix.engagement_id,
        matrix.task_id,
        coalesce(
            tasks.decided_horizon,
            case
                when matrix.is_immediate then 'now'
                when matrix.is_selected then '30_days'
                when matrix.quadrant = 'quick_win' then '90_days'
                when matrix.quadrant = 'strategic_bet' then '180_days'
                else 'later'
            end
        ) as horizon
    from {{ ref('int_matrix_scored') }} as matrix
    inner join {{ ref('int_tasks_decided') }} as tasks
        on
            matrix.engagement_id = tasks.engagement_id
            and matrix.task_id = tasks.task_id
)

select
    ruled.engagement_id,
    ruled.task_id,
    ruled.horizon,
    horizons.position as horizon_position,
    horizons.start_delay_months,
    horizons.is_in_scope,
    horizons.is_on_roadmap,
    horizons.action
from ruled
inner join {{ ref('roadmap_horizons') }} as horizons
    on ruled.horizon = horizons.horizon
