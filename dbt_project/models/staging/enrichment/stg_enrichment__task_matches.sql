select
    engagement_id,
    source,
    label,
    task_id,
    confidence,
    matched_by,
    proposed_task_id
from {{ source('enrichment', 'task_matches') }}
