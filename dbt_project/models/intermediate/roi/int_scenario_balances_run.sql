-- Undiscounted running totals, from the initial cost in month 0; after the last month of a case
-- its total stays, so that cases with different lags can be compared.
with last_months as (
    select
        engagement_id,
        scenario,
        case_id,
        max(month_index) as last_month_index
    from {{ ref('int_scenario_months_joined') }}
    group by engagement_id, scenario, case_id
),

cases as (
    select
        valued.engagement_id,
        valued.scenario,
        valued.case_id,
        valued.case_kind,
        costs.initial_cost,
        costs.monthly_cost,
        costs.horizon_months,
        last_months.last_month_index,
        max(last_months.last_month_index) over (
            partition by valued.engagement_id, valued.scenario
        ) as last_of_all_cases
    from {{ ref('int_scenario_cases_valued') }} as valued
    inner join last_months using (engagement_id, scenario, case_id)
    inner join {{ ref('int_costs_counted') }} as costs using (engagement_id, case_id)
    where valued.case_kind in ('base', 'draw') and valued.npv is not null
),

flows as (
    select
        cases.engagement_id,
        cases.scenario,
        cases.case_id,
        cases.case_kind,
        months.month_index,
        months.benefit,
        case when months.month_index <= cases.horizon_months then cases.monthly_cost else 0 end
            as cost
    from cases
    inner join {{ ref('int_scenario_months_joined') }} as months
        using (engagement_id, scenario, case_id)
    union all
    -- Month 0, and the months after a case's last one.
    select
        cases.engagement_id,
        cases.scenario,
        cases.case_id,
        cases.case_kind,
        series.month_index,
        0,
        case when series.month_index = 0 then cases.initial_cost else 0 end
    from cases
    cross join lateral (
        select unnest(
            [0::bigint] || generate_series(cases.last_month_index + 1, cases.last_of_all_cases)
        ) as month_index
    ) as series
)

-- Nine decimals, as this is money: up to 9 million it is a whole number in a float too, and read as
-- such six times as fast.
select
    *,
    {{ exact_sum_over(
        'benefit - cost',
        'partition by engagement_id, scenario, case_id order by month_index',
        decimals=9
    ) }} as cumulative_net
from flows
