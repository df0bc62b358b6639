with texts as (
    select
        engagement_id,
        response_id,
        'task' as subject_type,
        task_id as subject_id,
        question,
        answer,
        file_hash,
        sheet,
        row_number
    from {{ ref('int_form_texts_linked') }}
    where task_id is not null
    union all
    select
        engagement_id,
        response_id,
        'wish' as subject_type,
        coalesce(task_id, answer_key) as subject_id,
        question,
        answer,
        file_hash,
        sheet,
        row_number
    from {{ ref('int_form_texts_linked') }}
    where question = 'wish'
)

-- Where a row stands in its file names nobody; its id may hold a pseudonym.
select
    engagement_id,
    subject_type,
    subject_id,
    concat_ws('/', file_hash, sheet, row_number, question) as origin,
    'form' as source_kind,
    question as detail,
    answer as quote,
    1 as rows_count
from texts
