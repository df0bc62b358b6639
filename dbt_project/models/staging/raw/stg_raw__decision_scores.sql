select
    engagement_id,
    rater,
    task_id,
    criterion,
    score,
    reason
from {{ source('raw', 'decision_scores') }}
