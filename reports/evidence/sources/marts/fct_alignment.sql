select
    priority,
    votes_count,
    share,
    is_agreed_priority,
    agreement
from fct_alignment
