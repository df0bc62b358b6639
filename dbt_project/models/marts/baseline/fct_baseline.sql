with cells as (
    select
        published.engagement_id,
        published.row_team_id as team_id,
        published.row_task_id as task_id,
        published.folded_count,
        published.people_count,
        published.is_shown,
        {{ exact_sum('present.declared_weekly_hours') }} as declared_weekly_hours,
        {{ exact_sum('present.observed_weekly_hours') }} as observed_weekly_hours,
        case when published.folded_count = 0 then max(present.calibration_ratio) end
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
    from {{ ref('int_baseline_rows_shown') }} as published
    inner join {{ ref('int_task_hours_settled') }} as settled
        using (engagement_id, team_id, task_id)
    left join {{ ref('int_task_hours_calibrated') }} as present
        using (engagement_id, team_id, task_id)
    left join {{ ref('int_units_delivered') }} as units using (engagement_id, team_id, task_id)
    group by 1, 2, 3, 4, 5, 6
)

select
    cells.engagement_id,
    parameters.as_of_month,
    cells.team_id,
    cells.task_id,
    cells.folded_count,
    {% for column in [
        'people_count', 'declared_weekly_hours', 'observed_weekly_hours', 'calibration_ratio',
        'calibrated_weekly_hours', 'calibrated_weekly_hours_low', 'calibrated_weekly_hours_high',
        'hours_source', 'units_per_month', 'hours_per_unit', 'versions_per_unit',
    ] -%}
    case when cells.is_shown then cells.{{ column }} end as {{ column }}{{ ',' if not loop.last }}
    {% endfor %}
from cells
inner join {{ ref('stg_build__parameters') }} as parameters using (engagement_id)
order by cells.engagement_id, cells.team_id, cells.task_id
