select
    engagement_id,
    file_hash,
    source_file,
    kind,
    tool,
    status,
    reason,
    rows_in,
    rows_loaded,
    rows_quarantined,
    rows_declared_non_data,
    first_reason,
    hours,
    turns_count,
    first_on,
    last_on
from {{ source('raw', 'source_files') }}
