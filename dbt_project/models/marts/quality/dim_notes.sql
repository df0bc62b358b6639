select
    engagement_id,
    page,
    text
from {{ ref('stg_raw__notes') }}
order by engagement_id, page
