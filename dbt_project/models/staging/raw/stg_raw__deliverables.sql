select
    engagement_id,
    deliverable_id,
    file_hash,
    sheet,
    row_number,
    delivered_on,
    team_id,
    label,
    project_type,
    units,
    versions
from {{ source('raw', 'deliverables') }}
