select
    engagement_id,
    task_id,
    nature,
    rule_share,
    is_waiting,
    reviewer,
    reason
from {{ source('raw', 'decision_tags') }}
