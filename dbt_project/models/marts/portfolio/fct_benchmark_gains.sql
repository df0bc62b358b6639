select
    measure,
    agencies_at_least,
    low,
    base as median,
    high
from {{ ref('int_benchmarks_summarised') }}
where theme = 'gains'
order by measure
