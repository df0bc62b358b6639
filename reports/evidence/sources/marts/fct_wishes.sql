select
    wish_id,
    wish,
    task_id,
    votes_count,
    hours
from fct_wishes
