with cells as (
    select
        engagement_id,
        team_id,
        task_id,
        -- Everybody behind the cell: each person has one row per source at most.
        count(*) as people_count,
        count(capped.person_id) as declarers_count,
        {{ exact_sum('capped.declared_weekly_hours') }} as declared_weekly_hours,
        coalesce({{ exact_sum('capped.capped_weekly_hours') }}, 0) as capped_weekly_hours,
        coalesce({{ exact_sum('observed.observed_weekly_hours') }}, 0) as observed_weekly_hours,
        {{ exact_sum('observed.window_hours') }} as window_hours
    from {{ ref('int_task_hours_capped') }} as capped
    full outer join {{ ref('int_task_hours_observed') }} as observed
        using (engagement_id, team_id, person_id, task_id)
    group by engagement_id, team_id, task_id
),

spreads as (
    select
        capped.engagement_id,
        capped.team_id,
        capped.task_id,
        {{ exact_sum(
            'pow(capped.capped_weekly_hours - cells.capped_weekly_hours / teams.respondents_count, 2)'
        ) }} as declarers_squares
    from {{ ref('int_task_hours_capped') }} as capped
    inner join cells using (engagement_id, team_id, task_id)
    inner join {{ ref('int_teams_measured') }} as teams using (engagement_id, team_id)
    group by capped.engagement_id, capped.team_id, capped.task_id
),

measured as (
    select
        cells.*,
        teams.headcount,
        teams.respondents_count,
        teams.persons_with_timesheets_count,
        tasks.calibration_ratio,
        tasks.relative_error,
        tasks.overall_ratio is not null as is_calibrated,
        cells.declarers_count > 0 as is_declared,
        cells.capped_weekly_hours / nullif(teams.respondents_count, 0) as mean_hours,
        -- Respondents who did not name the task stand as zeros.
        (
            spreads.declarers_squares
            + (teams.respondents_count - cells.declarers_count)
            * pow(cells.capped_weekly_hours / teams.respondents_count, 2)
        )
        / nullif(teams.respondents_count - 1, 0) as hours_variance
    from cells
    inner join {{ ref('int_teams_measured') }} as teams using (engagement_id, team_id)
    inner join {{ ref('int_tasks_calibrated') }} as tasks using (engagement_id, task_id)
    left join spreads using (engagement_id, team_id, task_id)
),

expanded as (
    select
        *,
        case
            when is_declared
                then calibration_ratio * headcount / respondents_count * capped_weekly_hours
            else headcount / persons_with_timesheets_count * observed_weekly_hours
        end as calibrated_weekly_hours,
        case
            when
                is_declared and is_calibrated
                and respondents_count >= {{ var('min_interval_persons') }}
                then {{ var('z_90') }} * sqrt(
                    pow(relative_error, 2)
                    + greatest(0, 1 - respondents_count / headcount)
                    * hours_variance / (respondents_count * pow(mean_hours, 2))
                )
        end as log_half_width
    from measured
)

select
    engagement_id,
    team_id,
    task_id,
    people_count,
    window_hours,
    calibrated_weekly_hours,
    calibrated_weekly_hours * exp(-log_half_width) as calibrated_weekly_hours_low,
    calibrated_weekly_hours * exp(log_half_width) as calibrated_weekly_hours_high,
    case when respondents_count > 0 then coalesce(declared_weekly_hours, 0) end
        as declared_weekly_hours,
    case when persons_with_timesheets_count > 0 then observed_weekly_hours end
        as observed_weekly_hours,
    case when is_declared then calibration_ratio end as calibration_ratio,
    case
        when not is_declared then 'observed'
        when is_calibrated then 'calibrated'
        else 'declared'
    end as hours_source
from expanded
