select rows_all.*
from {{ ref('stg_raw__transcripts') }} as rows_all
inner join {{ ref('stg_build__parameters') }} as parameters
    on rows_all.engagement_id = parameters.engagement_id
where rows_all.interviewed_on is null
    or rows_all.interviewed_on <= parameters.as_of_on
