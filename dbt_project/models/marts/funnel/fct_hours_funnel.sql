{% set steps = [
    'potential_hours', 'eligible_hours', 'gained_hours', 'adopted_hours', 'net_hours',
    'bankable_hours',
] %}
-- Of a team's folded cells only the baseline hours are shown, where the baseline shows them: several
-- steps would be several equations on the same few unknowns. Their further steps stand in one row
-- for the agency, where they say no more than the scenarios' totals do.
with cells as (
    select
        months.*,
        published.row_team_id,
        published.row_task_id,
        published.is_shown,
        case when published.folded_count > 0 then 'agency' else published.row_team_id end
            as steps_team_id
    from {{ ref('int_funnel_months_stepped') }} as months
    inner join {{ ref('int_baseline_rows_shown') }} as published
        using (engagement_id, team_id, task_id)
),

placed as (
    select
        engagement_id,
        row_team_id as team_id,
        row_task_id as task_id,
        month_index,
        false as is_in_scope,
        case when is_shown then baseline_hours end as baseline_hours,
        {% for step in steps -%}
        null as {{ step }}{{ ',' if not loop.last }}
        {% endfor %}
    from cells
    union all
    select
        engagement_id,
        steps_team_id,
        row_task_id,
        month_index,
        is_in_scope,
        null as baseline_hours,
        {{ steps | join(', ') }}
    from cells
)

select
    placed.engagement_id,
    placed.team_id,
    placed.task_id,
    cast(placed.month_index as integer) as month_index,
    cast({{ month_on('any_value(engagements.programme_start)', 'placed.month_index') }} as date)
        as month_on,
    bool_or(placed.is_in_scope) as is_in_scope,
    {{ exact_sum('placed.potential_hours') }} as potential_hours,
    {{ exact_sum('placed.baseline_hours') }} as baseline_hours,
    {% for step in steps[1:] -%}
    {{ exact_sum('placed.' ~ step) }} as {{ step }}{{ ',' if not loop.last }}
    {% endfor %}
from placed
inner join {{ ref('stg_raw__engagements') }} as engagements
    on placed.engagement_id = engagements.engagement_id
group by placed.engagement_id, placed.team_id, placed.task_id, placed.month_index
order by placed.engagement_id, placed.team_id, placed.task_id, placed.month_index
