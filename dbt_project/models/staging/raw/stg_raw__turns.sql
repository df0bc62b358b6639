select
    engagement_id,
    document_id,
    turn_index,
    person_id,
    speaker,
    speaker_team_id,
    is_interviewer,
    started_s,
    text
from {{ source('raw', 'turns') }}
