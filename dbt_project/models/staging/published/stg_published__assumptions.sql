select
    engagement_id,
    assumption,
    team_id,
    task_id,
    base,
    unit,
    set_by,
    is_varied
from {{ source('published', 'fct_assumptions') }}
