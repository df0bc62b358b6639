select
    engagement_id,
    intervention_id,
    task_id,
    team_id,
    started_on,
    planned_gain,
    is_randomised,
    tool,
    owner,
    deadline
from {{ source('raw', 'decision_interventions') }}
