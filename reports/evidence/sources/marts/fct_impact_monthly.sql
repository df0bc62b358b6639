select
    team_id,
    task_id,
    month_on,
    is_treated,
    is_started,
    hours,
    units,
    hours_per_unit,
    versions_per_unit
from fct_impact_monthly
