select
    engagement_id,
    project_type,
    project_type_name,
    price,
    annual_volume,
    external_cost
from {{ source('raw', 'project_types') }}
