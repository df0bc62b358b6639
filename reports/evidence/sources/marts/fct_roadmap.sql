select
    position,
    task_id,
    horizon,
    action,
    start_delay_months,
    is_in_scope,
    is_selected,
    bankable_hours_year,
    owner,
    deadline
from fct_roadmap
