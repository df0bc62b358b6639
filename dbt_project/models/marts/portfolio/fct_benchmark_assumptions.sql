select
    subject as assumption,
    measure as unit,
    currency,
    agencies_at_least,
    low,
    base,
    high
from {{ ref('int_benchmarks_summarised') }}
where theme = 'assumptions'
order by assumption, unit, currency nulls first
