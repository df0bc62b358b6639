select
    engagement_id,
    withheld
from {{ source('build', 'withheld') }}
