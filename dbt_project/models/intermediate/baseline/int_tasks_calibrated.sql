-- Observed against declared hours by task, shrunk towards the ratio of all tasks.
with tasks as (
    select engagement_id, task_id from {{ ref('int_task_hours_capped') }}
    union
    select engagement_id, task_id from {{ ref('int_task_hours_observed') }}
),

overall as (
    select
        engagement_id,
        count(*) as pairs_count,
        {{ exact_sum('capped_weekly_hours') }} as capped_hours,
        {{ exact_sum('observed_weekly_hours') }} as observed_hours,
        observed_hours / capped_hours as ratio
    from {{ ref('int_task_hours_paired') }}
    group by engagement_id
),

by_task as (
    select
        engagement_id,
        task_id,
        count(*) as persons_count,
        {{ exact_sum('capped_weekly_hours') }} as capped_hours,
        {{ exact_sum('observed_weekly_hours') }} as observed_hours,
        observed_hours / nullif(capped_hours, 0) as ratio
    from {{ ref('int_task_hours_paired') }}
    group by engagement_id, task_id
),

task_residuals as (
    select
        engagement_id,
        task_id,
        {{ exact_sum(
            'pow(paired.observed_weekly_hours - by_task.ratio * paired.capped_weekly_hours, 2)'
        ) }} as squares
    from {{ ref('int_task_hours_paired') }} as paired
    inner join by_task using (engagement_id, task_id)
    group by engagement_id, task_id
),

overall_residuals as (
    select
        engagement_id,
        {{ exact_sum(
            'pow(paired.observed_weekly_hours - overall.ratio * paired.capped_weekly_hours, 2)'
        ) }} as squares
    from {{ ref('int_task_hours_paired') }} as paired
    inner join overall using (engagement_id)
    group by engagement_id
),

errors as (
    select
        tasks.engagement_id,
        tasks.task_id,
        by_task.persons_count,
        by_task.capped_hours,
        by_task.observed_hours,
        by_task.ratio,
        overall.ratio as overall_ratio,
        {{ ratio_error('task_residuals.squares', 'by_task.persons_count',
            'by_task.capped_hours', 'by_task.ratio') }} as task_error,
        {{ ratio_error('overall_residuals.squares', 'overall.pairs_count',
            'overall.capped_hours', 'overall.ratio') }} as overall_error
    from tasks
    left join overall using (engagement_id)
    left join overall_residuals using (engagement_id)
    left join by_task using (engagement_id, task_id)
    left join task_residuals using (engagement_id, task_id)
)

select
    engagement_id,
    task_id,
    coalesce(persons_count, 0) as persons_count,
    overall_ratio,
    case
        when overall_ratio is null then 1
        when coalesce(capped_hours, 0) = 0 then overall_ratio
        else
            (
                observed_hours
                + {{ var('prior_persons') }} * capped_hours / persons_count * overall_ratio
            )
            / (capped_hours + {{ var('prior_persons') }} * capped_hours / persons_count)
    end as calibration_ratio,
    case
        when persons_count >= {{ var('min_interval_persons') }} and ratio > 0 then task_error
        else {{ var('few_persons_factor') }} * overall_error
    end as relative_error
from errors
