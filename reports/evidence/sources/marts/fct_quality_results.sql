select
    expectation,
    "table",
    severity,
    is_passed,
    observed,
    threshold,
    reason,
    mend,
    page,
    build_id
from fct_quality_results
