select
    subject as category,
    measure,
    agencies_at_least,
    low,
    base as median,
    high
from {{ ref('int_benchmarks_summarised') }}
where theme = 'hours'
order by category, measure
