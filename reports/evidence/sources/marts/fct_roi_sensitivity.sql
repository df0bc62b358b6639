select
    scenario,
    assumption,
    npv_low,
    npv_high,
    swing,
    rank
from fct_roi_sensitivity
