select
    task_id,
    criterion,
    axis,
    score,
    scored_by,
    raters_count,
    raters_difference,
    needs_adjudication,
    reason
from fct_scores
