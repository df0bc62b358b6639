with cells as (
    select
        months.engagement_id,
        published.published_team_id as team_id,
        published.published_task_id as task_id,
        months.month_index,
        published.published_task_id = 'other_tasks' as is_folded,
        count(distinct months.task_id) as tasks_count,
        bool_or(months.is_in_scope) as is_in_scope,
        {% for column in [
            'potential_hours', 'baseline_hours', 'eligible_hours', 'gained_hours',
            'adopted_hours', 'net_hours', 'bankable_hours',
        ] -%}
        {{ exact_sum('months.' ~ column) }} as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_funnel_months_stepped') }} as months
    inner join {{ ref('int_cells_published') }} as published
        using (engagement_id, team_id, task_id)
    group by 1, 2, 3, 4, 5
)

select
    cells.engagement_id,
    cells.team_id,
    cells.task_id,
    cast(cells.month_index as integer) as month_index,
    cast({{ month_on('engagements.programme_start', 'cells.month_index') }} as date) as month_on,
    cells.is_in_scope,
    -- More steps of folded cells would be more equations on the same few unknowns.
    case when not cells.is_folded then cells.potential_hours end as potential_hours,
    case when cells.tasks_count > 1 or not cells.is_folded then cells.baseline_hours end
        as baseline_hours,
    case when not cells.is_folded then cells.eligible_hours end as eligible_hours,
    case when not cells.is_folded then cells.gained_hours end as gained_hours,
    case when cells.tasks_count > 1 or not cells.is_folded then cells.adopted_hours end
        as adopted_hours,
    case when cells.tasks_count > 1 or not cells.is_folded then cells.net_hours end as net_hours,
    case when cells.tasks_count > 1 or not cells.is_folded then cells.bankable_hours end
        as bankable_hours
from cells
inner join {{ ref('stg_raw__engagements') }} as engagements
    on cells.engagement_id = engagements.engagement_id
order by cells.engagement_id, cells.team_id, cells.task_id, cells.month_index
