select
    engagement_id,
    entry_id,
    file_hash,
    sheet,
    row_number,
    tool,
    person_id,
    worked_on,
    hours,
    label,
    client_name,
    project,
    note
from {{ source('raw', 'timesheet_entries') }}
