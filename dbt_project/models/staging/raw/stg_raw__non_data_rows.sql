select
    engagement_id,
    file_hash,
    reason,
    rows_count
from {{ source('raw', 'non_data_rows') }}
