select
    engagement_id,
    month_on,
    forecast_hours,
    realised_hours,
    proven_hours
from {{ source('published', 'fct_forecast_vs_realised') }}
