select
    wishes.engagement_id,
    wishes.wish_id,
    wishes.wish,
    wishes.task_id,
    wishes.votes_count,
    case when tasks.is_hours_shown then hours.calibrated_weekly_hours end as hours
from {{ ref('int_wishes_gathered') }} as wishes
left join {{ ref('int_tasks_published') }} as tasks
    on
        wishes.engagement_id = tasks.engagement_id
        and wishes.task_id = tasks.task_id
left join {{ ref('int_task_hours_shared') }} as hours
    on
        wishes.engagement_id = hours.engagement_id
        and wishes.task_id = hours.task_id
order by wishes.engagement_id, wishes.wish_id
