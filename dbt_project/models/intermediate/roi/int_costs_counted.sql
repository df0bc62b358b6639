-- What a case costs, in full in each scenario.
with teams as (
    select
        engagement_id,
        {{ exact_sum('headcount * hourly_cost') }} / nullif({{ exact_sum('headcount') }}, 0)
            as mean_hourly_cost
    from {{ ref('stg_raw__teams') }}
    group by engagement_id
)

select
    cases.engagement_id,
    cases.case_id,
    cases.implementation_days * cases.implementation_day_rate
    + cases.training_hours_per_seat * cases.seats * teams.mean_hourly_cost as initial_cost,
    cases.seats * cases.seat_price + cases.run_cost_per_month as monthly_cost,
    cast({{ whole_step('cases.horizon_months') }} as bigint) as horizon_months,
    cast({{ whole_step('cases.sales_lag_months + 0.5') }} as bigint) as lag_months,
    -- The monthly rate compounds to the yearly one.
    pow(1 + cases.discount_rate, 1.0::double / 12) - 1 as monthly_rate
from {{ ref('int_cases_valued') }} as cases
inner join teams using (engagement_id)
