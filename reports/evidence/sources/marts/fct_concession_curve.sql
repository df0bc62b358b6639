select
    price_concession,
    npv_base,
    npv_p50
from fct_concession_curve
