-- Hours by category of one agency; what no task explains stays in the total.
with agencies as (
    select
        hours.engagement_id,
        sum(cast(hours.calibrated_weekly_hours as decimal(38, 12))) as weekly_hours
    from {{ ref('stg_published__task_hours') }} as hours
    group by hours.engagement_id
),

people as (
    select
        engagement_id,
        sum(cast(headcount as decimal(38, 12))) as headcount
    from {{ ref('stg_published__teams') }}
    where is_covered
    group by engagement_id
),

categories as (
    select
        hours.engagement_id,
        lower(trim(tasks.category)) as category,
        sum(cast(hours.calibrated_weekly_hours as decimal(38, 12))) as weekly_hours
    from {{ ref('stg_published__task_hours') }} as hours
    inner join {{ ref('stg_published__tasks') }} as tasks
        on
            hours.engagement_id = tasks.engagement_id
            and hours.task_id = tasks.task_id
    where tasks.category is not null
    group by hours.engagement_id, lower(trim(tasks.category))
)

select
    counted.engagement_id,
    categories.category,
    cast(categories.weekly_hours as double) as weekly_hours,
    cast(categories.weekly_hours as double) / nullif(cast(people.headcount as double), 0)
        as weekly_hours_per_head,
    cast(categories.weekly_hours as double) / nullif(cast(agencies.weekly_hours as double), 0)
        as hours_share
from {{ ref('int_agencies_counted') }} as counted
inner join categories on counted.engagement_id = categories.engagement_id
inner join agencies on counted.engagement_id = agencies.engagement_id
left join people on counted.engagement_id = people.engagement_id
where categories.weekly_hours is not null
