select
    engagement_id,
    team_id,
    headcount,
    is_covered
from {{ source('published', 'dim_teams') }}
