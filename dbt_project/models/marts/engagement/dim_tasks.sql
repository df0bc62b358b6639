select
    tasks.engagement_id,
    tasks.task_id,
    tasks.task_name,
    tasks.category,
    tasks.nature,
    tasks.rule_share,
    tasks.eligible_share,
    tasks.is_waiting,
    tasks.confidence,
    tasks.tagged_by,
    tasks.model,
    tasks.prompt_version,
    tasks.reason,
    tasks.gain_low,
    tasks.gain_base,
    tasks.gain_high,
    tasks.training_hours,
    published.is_hours_shown
from {{ ref('int_tasks_decided') }} as tasks
inner join {{ ref('int_tasks_published') }} as published
    on
        tasks.engagement_id = published.engagement_id
        and tasks.task_id = published.task_id
order by tasks.engagement_id, tasks.task_id
