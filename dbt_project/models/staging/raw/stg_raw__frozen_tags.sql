select
    engagement_id,
    task_id,
    nature,
    rule_share,
    eligible_share
from {{ source('raw', 'frozen_tags') }}
