-- What has nothing to hide among in its team is shown with its like of the other teams.
with published as (
    select
        engagement_id,
        team_id,
        task_id,
        case when is_withheld then 'agency' else published_team_id end as published_team_id,
        published_task_id,
        published_team_id || '/' || task_id as cell,
        is_folded,
        is_withheld
    from {{ ref('int_cells_published') }}
),

people as (
    select
        published.engagement_id,
        published.published_team_id as team_id,
        published.published_task_id as task_id,
        -- Distinct: one person may stand behind several folded cells.
        count(distinct placed.person_id) as people_count
    from published
    inner join {{ ref('int_people_placed_in_cells') }} as placed
        using (engagement_id, team_id, task_id)
    group by 1, 2, 3
),

cells as (
    select
        published.engagement_id,
        published.published_team_id as team_id,
        published.published_task_id as task_id,
        -- Distinct: merged teams have the same task several times.
        count(distinct case when published.is_folded then published.cell end) as folded_count,
        count(distinct case when published.is_withheld then published.cell end) as withheld_count,
        {{ exact_sum('present.declared_weekly_hours') }} as declared_weekly_hours,
        {{ exact_sum('present.observed_weekly_hours') }} as observed_weekly_hours,
        case when not bool_or(published.is_folded) then max(present.calibration_ratio) end
            as calibration_ratio,
        {{ exact_sum('settled.calibrated_weekly_hours') }} as calibrated_weekly_hours,
        -- Bounds of a sum are summed: wider than needed, never narrower.
        case
            when count(settled.calibrated_weekly_hours_low) = count(*)
                then {{ exact_sum('settled.calibrated_weekly_hours_low') }}
        end as calibrated_weekly_hours_low,
        case
            when count(settled.calibrated_weekly_hours_high) = count(*)
                then {{ exact_sum('settled.calibrated_weekly_hours_high') }}
        end as calibrated_weekly_hours_high,
        case
            when min(settled.hours_source) = max(settled.hours_source)
                then min(settled.hours_source)
            else 'mixed'
        end as hours_source,
        {{ exact_sum('units.units / units.months_count') }} as units_per_month,
        {{ exact_sum('case when units.units > 0 then present.window_hours end') }}
        / nullif({{ exact_sum('units.units') }}, 0) as hours_per_unit,
        {{ exact_sum('units.versions') }} / nullif({{ exact_sum('units.units') }}, 0)
            as versions_per_unit
    from published
    inner join {{ ref('int_task_hours_settled') }} as settled
        using (engagement_id, team_id, task_id)
    left join {{ ref('int_task_hours_calibrated') }} as present
        using (engagement_id, team_id, task_id)
    left join {{ ref('int_units_delivered') }} as units using (engagement_id, team_id, task_id)
    group by 1, 2, 3
),

-- One such cell of the whole agency, or cells of one or two people, stay without figures.
masked as (
    select
        *,
        withheld_count = 0
        or (withheld_count > 1 and people_count >= {{ var('min_cell_people') }}) as is_shown
    from cells
    left join people using (engagement_id, team_id, task_id)
)

select
    masked.engagement_id,
    parameters.as_of_month,
    masked.team_id,
    masked.task_id,
    masked.folded_count,
    {% for column in [
        'people_count', 'declared_weekly_hours', 'observed_weekly_hours', 'calibration_ratio',
        'calibrated_weekly_hours', 'calibrated_weekly_hours_low', 'calibrated_weekly_hours_high',
        'hours_source', 'units_per_month', 'hours_per_unit', 'versions_per_unit',
    ] -%}
    case when masked.is_shown then masked.{{ column }} end as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from masked
inner join {{ ref('stg_build__parameters') }} as parameters using (engagement_id)
order by masked.engagement_id, masked.team_id, masked.task_id
