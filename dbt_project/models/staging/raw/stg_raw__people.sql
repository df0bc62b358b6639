select
    engagement_id,
    person_id,
    team_id,
    role,
    weekly_hours,
    started_on,
    left_on,
    champion_consent,
    consented_name
from {{ source('raw', 'people') }}
