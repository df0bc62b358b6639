select
    engagement_id,
    unnest(withheld) as withheld
from {{ source('build', 'parameters') }}
