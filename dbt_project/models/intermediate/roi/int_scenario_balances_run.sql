-- Undiscounted running totals, from the initial cost in month 0; after the last month of a case
-- its total stays, so that cases with different lags can be compared.
with calendar as (
    select
        valued.engagement_id,
        valued.scenario,
        valued.case_id,
        valued.case_kind,
        series.month_index
    from {{ ref('int_scenario_cases_valued') }} as valued
    inner join (
        select
            engagement_id,
            scenario,
            max(month_index) as last_month_index
        from {{ ref('int_scenario_months_joined') }}
        group by engagement_id, scenario
    ) as last_months using (engagement_id, scenario)
    cross join lateral (
        select unnest(generate_series(0, last_months.last_month_index)) as month_index
    ) as series
    where valued.case_kind in ('base', 'draw') and valued.npv is not null
),

flows as (
    select
        calendar.engagement_id,
        calendar.scenario,
        calendar.case_id,
        calendar.case_kind,
        calendar.month_index,
        coalesce(months.benefit, 0) as benefit,
        case
            when calendar.month_index = 0 then costs.initial_cost
            when calendar.month_index <= costs.horizon_months then costs.monthly_cost
            else 0
        end as cost
    from calendar
    inner join {{ ref('int_costs_counted') }} as costs using (engagement_id, case_id)
    left join {{ ref('int_scenario_months_joined') }} as months
        using (engagement_id, scenario, case_id, month_index)
)

select
    *,
    {{ exact_sum_over(
        'benefit - cost',
        'partition by engagement_id, scenario, case_id order by month_index'
    ) }} as cumulative_net
from flows
