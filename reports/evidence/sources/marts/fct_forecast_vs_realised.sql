select
    month_on,
    forecast_hours,
    realised_hours,
    realised_hours_low,
    realised_hours_high,
    proven_hours,
    realised_share,
    is_provisional
from fct_forecast_vs_realised
