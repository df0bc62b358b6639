select
    engagement_id,
    team_id,
    team_name,
    headcount,
    hourly_cost
from {{ source('raw', 'teams') }}
