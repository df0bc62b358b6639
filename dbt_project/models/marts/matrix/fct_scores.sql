select
    engagement_id,
    task_id,
    criterion,
    axis,
    score,
    scored_by,
    raters_count,
    raters_difference,
    needs_adjudication,
    reason
from {{ ref('int_criteria_scored') }}
order by engagement_id, task_id, position
