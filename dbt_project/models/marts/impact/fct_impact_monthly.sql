-- Small cells are not shown here, not even together: month after month their sum would tell them
-- apart.
with cells as (
    select
        cells.engagement_id,
        cells.team_id as true_team_id,
        cells.task_id,
        cells.published_team_id as team_id,
        min(treated.started_on) as started_on
    from {{ ref('int_cells_published') }} as cells
    left join {{ ref('int_interventions_as_of') }} as treated
        on
            cells.engagement_id = treated.engagement_id
            and cells.team_id = treated.team_id
            and cells.task_id = treated.task_id
    where not cells.is_folded and cells.task_id <> 'unmapped'
    group by all
),

work as (
    select
        engagement_id,
        team_id,
        task_id,
        cast(date_trunc('month', dated_on) as date) as month_on,
        hours,
        units,
        null as versions,
        null as versioned_units
    from {{ ref('int_work_dated') }}
    union all
    select
        engagement_id,
        team_id,
        task_id,
        cast(date_trunc('month', delivered_on) as date) as month_on,
        null as hours,
        null as units,
        versions,
        units as versioned_units
    from {{ ref('int_deliverables_matched') }}
    where versions is not null
),

summed as (
    select
        cells.engagement_id,
        cells.team_id,
        cells.task_id,
        work.month_on,
        bool_or(cells.started_on is not null) as is_treated,
        bool_or(coalesce(work.month_on >= date_trunc('month', cells.started_on), false))
            as is_started,
        {{ exact_sum('work.hours') }} as hours,
        {{ exact_sum('work.units') }} as units,
        {{ exact_sum('work.versions') }} as versions,
        {{ exact_sum('work.versioned_units') }} as versioned_units
    from cells
    inner join work
        on
            cells.engagement_id = work.engagement_id
            and cells.true_team_id = work.team_id
            and cells.task_id = work.task_id
    group by cells.engagement_id, cells.team_id, cells.task_id, work.month_on
)

select
    summed.engagement_id,
    summed.team_id,
    summed.task_id,
    summed.month_on,
    summed.is_treated,
    summed.is_started,
    summed.hours,
    summed.units,
    summed.hours / nullif(summed.units, 0) as hours_per_unit,
    summed.versions / nullif(summed.versioned_units, 0) as versions_per_unit
from summed
order by summed.engagement_id, summed.team_id, summed.task_id, summed.month_on
