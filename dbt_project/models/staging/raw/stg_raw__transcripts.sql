select
    engagement_id,
    document_id,
    file_hash,
    tool,
    phase,
    interviewed_on,
    team_id,
    role,
    language,
    turns_count,
    speakers_count,
    has_quote_consent
from {{ source('raw', 'transcripts') }}
