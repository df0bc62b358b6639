-- Finance of each scenario in each case (model.md, section 3).
with flows as (
    select
        months.engagement_id,
        months.scenario,
        months.case_id,
        months.month_index,
        months.benefit,
        months.benefit_analytic,
        months.exposed_fees,
        case when months.month_index <= costs.horizon_months then costs.monthly_cost else 0 end
            as cost,
        costs.initial_cost,
        pow(1 + costs.monthly_rate, -months.month_index) as discount
    from {{ ref('int_scenario_months_joined') }} as months
    inner join {{ ref('int_costs_counted') }} as costs using (engagement_id, case_id)
),

present as (
    select
        engagement_id,
        scenario,
        case_id,
        any_value(initial_cost) as initial_cost,
        -- One unknown month makes the whole case unknown.
        case when count(benefit) = count(*) then {{ exact_sum('benefit * discount') }} end
            as benefits,
        {{ exact_sum('benefit_analytic * discount') }} as benefits_analytic,
        {{ exact_sum('cost * discount') }} as monthly_costs,
        {{ exact_sum('exposed_fees * discount') }} as pv_exposed_fees
    from flows
    group by engagement_id, scenario, case_id
)

select
    present.engagement_id,
    present.scenario,
    present.case_id,
    cases.case_kind,
    cases.moved_assumption,
    cases.price_concession,
    present.pv_exposed_fees,
    present.benefits as pv_benefits,
    present.initial_cost + present.monthly_costs as pv_costs,
    present.benefits - present.initial_cost - present.monthly_costs as npv,
    present.benefits_analytic - present.initial_cost - present.monthly_costs as npv_analytic,
    (present.benefits - present.initial_cost - present.monthly_costs)
    / nullif(present.initial_cost + present.monthly_costs, 0) as roi
from present
inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
