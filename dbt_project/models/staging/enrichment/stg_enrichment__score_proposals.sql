select
    engagement_id,
    task_id,
    criterion,
    score,
    reason,
    tagged_by,
    model,
    prompt_version,
    confidence
from {{ source('enrichment', 'score_proposals') }}
