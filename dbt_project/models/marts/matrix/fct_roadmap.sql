with ordered as (
    select
        roadmap.*,
        matrix.quadrant,
        matrix.is_selected,
        matrix.bankable_hours_year,
        matrix.owner,
        matrix.deadline,
        row_number() over (
            partition by roadmap.engagement_id
            order by
                roadmap.horizon_position asc,
                matrix.is_selected desc,
                {{ band_value('matrix.bankable_hours_year') }} desc nulls last,
                {{ band_value('matrix.ease') }} desc nulls last,
                roadmap.task_id asc
        ) as position
    from {{ ref('int_roadmap_placed') }} as roadmap
    inner join {{ ref('int_matrix_scored') }} as matrix
        on
            roadmap.engagement_id = matrix.engagement_id
            and roadmap.task_id = matrix.task_id
    where roadmap.is_on_roadmap
)

select
    ordered.engagement_id,
    ordered.position,
    ordered.task_id,
    ordered.horizon,
    coalesce(ordered.action, actions.action) as action,
    ordered.start_delay_months,
    ordered.is_in_scope,
    ordered.is_selected,
    case when tasks.is_hours_shown then ordered.bankable_hours_year end as bankable_hours_year,
    ordered.owner,
    ordered.deadline
from ordered
inner join {{ ref('roadmap_actions') }} as actions
    on ordered.quadrant = actions.quadrant
inner join {{ ref('int_tasks_published') }} as tasks
    on
        ordered.engagement_id = tasks.engagement_id
        and ordered.task_id = tasks.task_id
order by ordered.engagement_id, ordered.position
