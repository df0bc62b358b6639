select
    engagement_id,
    as_of_on,
    as_of_month,
    build_id
from {{ source('build', 'parameters') }}
