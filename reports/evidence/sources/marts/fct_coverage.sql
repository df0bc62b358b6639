select
    measure,
    value
from fct_coverage
