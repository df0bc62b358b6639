select
    engagement_id,
    team_id,
    published_team_id
from {{ source('raw', 'frozen_teams') }}
