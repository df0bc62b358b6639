select
    metric,
    baseline,
    target,
    horizon_months,
    projected,
    gap
from fct_targets
