-- What an attacker can write down: each published figure as a weighted sum of cells. He knows those
-- that are shown; here they say what hiding them too would leave him.
with cells as (
    select
        settled.engagement_id,
        cells.published_team_id || '/' || settled.task_id as cell,
        cells.published_team_id as team_id,
        settled.task_id,
        cells.published_task_id,
        cells.is_folded,
        cells.is_withheld,
        cells.is_folded or cells.is_withheld as is_hidden,
        {{ exact_sum('settled.calibrated_weekly_hours') }} as hours
    from {{ ref('int_task_hours_settled') }} as settled
    inner join {{ ref('int_cells_published') }} as cells
        using (engagement_id, team_id, task_id)
    where
        settled.engagement_id in (
            select hiding.engagement_id
            from {{ ref('int_cells_published') }} as hiding
            where hiding.is_folded or hiding.is_withheld
        )
    group by all
),

steps as (
    select
        funnel.engagement_id,
        cells.published_team_id || '/' || funnel.task_id as cell,
        funnel.month_index,
        {{ exact_sum('funnel.eligible_hours') }} as eligible_hours,
        {{ exact_sum('funnel.gained_hours') }} as gained_hours,
        {{ exact_sum('funnel.bankable_hours') }} as bankable_hours
    from {{ ref('int_funnel_months_stepped') }} as funnel
    inner join {{ ref('int_cells_published') }} as cells
        using (engagement_id, team_id, task_id)
    group by all
),

forecasts as (
    select
        forecast.engagement_id,
        cells.published_team_id || '/' || forecast.task_id as cell,
        forecast.month_on,
        {{ exact_sum('forecast.forecast_hours') }} as forecast_hours
    from {{ ref('int_treated_months_forecast') }} as forecast
    inner join {{ ref('int_cells_published') }} as cells
        using (engagement_id, team_id, task_id)
    where forecast.forecast_hours is not null
    group by all
),

figures as (
    -- fct_baseline: a team's other_tasks, and the agency's where several cells share its row.
    select *, 'hours' as kind, 'team ' || team_id as figure, 1.0 as weight
    from cells
    where not is_withheld and task_id <> 'unmapped'
    union all
    select *, 'hours', 'agency ' || published_task_id, 1.0
    from cells
    where is_withheld
    qualify count(*) over (partition by engagement_id, published_task_id) > 1
    union all
    -- fct_matrix, fct_wishes, fct_roadmap: a task over all teams.
    select cells.*, 'hours', 'task ' || cells.task_id, 1.0
    from cells
    inner join {{ ref('int_tasks_published') }} as tasks using (engagement_id, task_id)
    where tasks.is_hours_shown
    {% for step in ['eligible_hours', 'gained_hours', 'bankable_hours'] %}
    union all
    -- fct_hours_funnel and the scenarios: each step of all folded cells together, by month.
    select
        cells.*, 'steps', '{{ step }} ' || steps.month_index,
        coalesce(steps.{{ step }} / nullif(cells.hours, 0), 0)
    from cells
    inner join steps using (engagement_id, cell)
    {% if step != 'bankable_hours' %}where steps.month_index = 1{% endif %}
    {% endfor %}
    union all
    -- fct_forecast_vs_realised: what was expected of all treated cells together.
    select
        cells.*, 'steps', 'forecast ' || forecasts.month_on,
        coalesce(forecasts.forecast_hours / nullif(cells.hours, 0), 0)
    from cells
    inner join forecasts using (engagement_id, cell)
)

select
    engagement_id,
    kind,
    figure,
    cell,
    is_hidden,
    hours,
    weight
from figures
