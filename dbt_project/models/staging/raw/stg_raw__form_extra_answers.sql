select
    engagement_id,
    response_id,
    question,
    answer
from {{ source('raw', 'form_extra_answers') }}
