select
    engagement_id,
    task_id,
    nature,
    rule_share,
    is_waiting,
    tagged_by,
    model,
    prompt_version,
    confidence,
    reason
from {{ source('enrichment', 'task_tags') }}
