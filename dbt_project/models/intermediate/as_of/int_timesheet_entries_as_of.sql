select rows_all.*
from {{ ref('stg_raw__timesheet_entries') }} as rows_all
inner join {{ ref('stg_build__parameters') }} as parameters
    on rows_all.engagement_id = parameters.engagement_id
where rows_all.worked_on <= parameters.as_of_on
