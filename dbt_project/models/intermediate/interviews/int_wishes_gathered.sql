-- A wish for the same task is one wish, however it is worded.
with wishes as (
    select
        engagement_id,
        task_id,
        answer as wording
    from {{ ref('int_form_texts_linked') }}
    where question = 'wish'
    union all
    select
        engagement_id,
        task_id,
        coalesce(detail, quote) as wording
    from {{ ref('int_facts_attributed') }}
    where fact_type = 'wish'
)

select
    wishes.engagement_id,
    wishes.task_id,
    coalesce(wishes.task_id, {{ name_key('wishes.wording') }}) as wish_id,
    coalesce(any_value(tasks.task_name), min(trim(wishes.wording))) as wish,
    count(*) as votes_count
from wishes
left join {{ ref('int_tasks_decided') }} as tasks
    on
        wishes.engagement_id = tasks.engagement_id
        and wishes.task_id = tasks.task_id
where coalesce(wishes.task_id, {{ name_key('wishes.wording') }}) is not null
group by all
