select
    engagement_id,
    frozen_on,
    team_id,
    published_team_id
from {{ source('raw', 'frozen_teams') }}
