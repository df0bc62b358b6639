select
    engagement_id,
    client,
    currency,
    as_of_month
from {{ source('published', 'dim_engagements') }}
