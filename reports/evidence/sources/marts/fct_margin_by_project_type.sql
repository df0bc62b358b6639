select
    project_type,
    project_type_name,
    annual_volume,
    price,
    hours_before,
    hours_after,
    cost_before,
    cost_after,
    margin_before,
    margin_after
from fct_margin_by_project_type
