select
    responses.*,
    {{ local_date('responses.submitted_at', 'engagements.timezone') }} as submitted_on
from {{ ref('stg_raw__form_responses') }} as responses
inner join {{ ref('stg_raw__engagements') }} as engagements
    on responses.engagement_id = engagements.engagement_id
inner join {{ ref('stg_build__parameters') }} as parameters
    on responses.engagement_id = parameters.engagement_id
where
    responses.submitted_at is null
    or {{ local_date('responses.submitted_at', 'engagements.timezone') }} <= parameters.as_of_on
