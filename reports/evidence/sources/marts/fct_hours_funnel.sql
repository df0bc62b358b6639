select
    team_id,
    task_id,
    month_index,
    month_on,
    is_in_scope,
    potential_hours,
    baseline_hours,
    eligible_hours,
    gained_hours,
    adopted_hours,
    net_hours,
    bankable_hours
from fct_hours_funnel
