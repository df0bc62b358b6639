select
    engagement_id,
    frozen_on,
    task_id,
    nature,
    rule_share,
    eligible_share
from {{ source('raw', 'frozen_tags') }}
