select
    team_id,
    task_id,
    frozen_hours,
    current_hours,
    reason
from fct_baseline_drift
