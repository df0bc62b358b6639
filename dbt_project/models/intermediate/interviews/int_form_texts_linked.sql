-- Free answers of the form, linked to a task only where they say its label or its name in full.
with texts as (
    select
        responses.engagement_id,
        responses.response_id,
        responses.file_hash,
        responses.sheet,
        responses.row_number,
        answers.question,
        trim(answers.answer) as answer,
        {{ name_key('answers.answer') }} as answer_key
    from {{ ref('int_responses_settled') }} as responses
    cross join lateral (
        values
        ('wish', responses.wish),
        ('time_consuming', responses.time_consuming),
        ('low_value', responses.low_value)
    ) as answers (question, answer)
    where {{ name_key('answers.answer') }} is not null
),

names as (
    select
        engagement_id,
        task_id,
        {{ name_key('task_name') }} as spoken_name
    from {{ ref('int_tasks_decided') }}
    union
    select
        matches.engagement_id,
        matches.task_id,
        {{ name_key('matches.label') }} as spoken_name
    from {{ ref('stg_enrichment__task_matches') }} as matches
    inner join {{ ref('int_tasks_decided') }} as tasks
        on
            matches.engagement_id = tasks.engagement_id
            and matches.task_id = tasks.task_id
    where matches.source = 'form'
)

select
    texts.*,
    names.task_id
from texts
left join names
    on
        texts.engagement_id = names.engagement_id
        and contains(' ' || texts.answer_key || ' ', ' ' || names.spoken_name || ' ')
qualify
    row_number() over (
        partition by texts.engagement_id, texts.response_id, texts.question
        order by length(names.spoken_name) desc nulls last, names.task_id asc
    ) = 1
