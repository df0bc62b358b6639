-- Treated cells month by month from the end of washout: hours spent, and the hours that the frozen
-- forecast (else the present one) said would be saved. A cell counts under its first intervention.
with cells as (
    select
        interventions.engagement_id,
        interventions.intervention_id as effect_id,
        interventions.team_id,
        interventions.task_id,
        interventions.started_on,
        windows.post_start_on,
        windows.post_end_on
    from {{ ref('int_interventions_as_of') }} as interventions
    inner join {{ ref('int_windows_opened') }} as windows
        on
            interventions.engagement_id = windows.engagement_id
            and interventions.started_on = windows.started_on
            and windows.look = 'current'
    qualify
        row_number() over (
            partition by interventions.engagement_id, interventions.team_id, interventions.task_id
            order by interventions.started_on asc, interventions.intervention_id asc
        ) = 1
),

months as (
    select
        cells.*,
        cast(series.month_on as date) as month_on,
        datediff('month', cells.started_on, series.month_on) + 1 as months_since_start
    from cells
    cross join lateral (
        select unnest(generate_series(
            cast(cells.post_start_on as timestamp),
            cast(cells.post_end_on as timestamp),
            interval 1 month
        )) as month_on
    ) as series
),

work as (
    select
        engagement_id,
        team_id,
        task_id,
        cast(date_trunc('month', dated_on) as date) as month_on,
        {{ exact_sum('hours') }} as hours
    from {{ ref('int_work_dated') }}
    group by all
),

-- Beyond the last month of a forecast, adoption stays where it was.
ramp as (
    select
        engagement_id,
        month_index,
        ramp_share,
        max(month_index) over (partition by engagement_id) as last_index
    from {{ ref('int_adoption_ramped') }}
    where case_id = 'base'
),

freezes as (
    select
        freezes.engagement_id,
        freezes.frozen_on,
        max(forecasts.months_since_start) as last_index
    from {{ ref('int_freezes_as_of') }} as freezes
    inner join {{ ref('stg_raw__frozen_forecasts') }} as forecasts using (engagement_id, frozen_on)
    group by freezes.engagement_id, freezes.frozen_on
)

select
    months.engagement_id,
    months.effect_id,
    months.team_id,
    months.task_id,
    months.month_on,
    work.hours,
    freezes.engagement_id is null as is_provisional,
    case
        when freezes.engagement_id is not null then frozen.net_hours
        else potential.net_hours_year / 12 * ramp.ramp_share
    end as forecast_hours
from months
left join work using (engagement_id, team_id, task_id, month_on)
left join freezes on months.engagement_id = freezes.engagement_id
left join {{ ref('stg_raw__frozen_forecasts') }} as frozen
    on
        freezes.engagement_id = frozen.engagement_id
        and freezes.frozen_on = frozen.frozen_on
        and months.team_id = frozen.team_id
        and months.task_id = frozen.task_id
        and least(months.months_since_start, freezes.last_index) = frozen.months_since_start
left join {{ ref('int_task_hours_potential') }} as potential
    on
        months.engagement_id = potential.engagement_id
        and months.team_id = potential.team_id
        and months.task_id = potential.task_id
left join ramp
    on
        months.engagement_id = ramp.engagement_id
        and least(months.months_since_start, ramp.last_index) = ramp.month_index
