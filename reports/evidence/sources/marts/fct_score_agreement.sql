select
    criterion,
    alpha,
    items_count,
    raters_count,
    mean_abs_difference
from fct_score_agreement
