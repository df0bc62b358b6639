select
    assumption,
    team_id,
    task_id,
    low,
    base,
    high,
    unit,
    source,
    set_by,
    grade,
    is_varied,
    is_missing
from fct_assumptions
