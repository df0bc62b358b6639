select rows_all.*
from {{ ref('stg_raw__deliverables') }} as rows_all
inner join {{ ref('stg_build__parameters') }} as parameters
    on rows_all.engagement_id = parameters.engagement_id
where rows_all.delivered_on <= parameters.as_of_on
