-- The only door out of the portfolio: too few agencies, and the figure is not there. Two digits and
-- counts in fives, so that an agency that joins or leaves does not show its value by the difference.
with summarised as (
    select
        theme,
        measure,
        subject,
        currency,
        count(*) as agencies_count,
        percentile_cont({{ var('benchmark_low') }}) within group (order by value) as low,
        percentile_cont(0.5) within group (order by value) as base,
        percentile_cont({{ var('benchmark_high') }}) within group (order by value) as high
    from {{ ref('int_benchmark_values_listed') }}
    group by theme, measure, subject, currency
    having count(*) >= {{ var('min_agencies') }}
)

select
    theme,
    measure,
    subject,
    currency,
    cast(floor(agencies_count / 5.0) * 5 as integer) as agencies_at_least,
    {{ two_digits('low') }} as low,
    {{ two_digits('base') }} as base,
    {{ two_digits('high') }} as high
from summarised
