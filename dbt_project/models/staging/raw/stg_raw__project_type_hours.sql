select
    engagement_id,
    project_type,
    team_id,
    hours
from {{ source('raw', 'project_type_hours') }}
