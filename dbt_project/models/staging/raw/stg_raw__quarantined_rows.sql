select
    engagement_id,
    file_hash,
    sheet,
    row_number,
    reason
from {{ source('raw', 'quarantined_rows') }}
