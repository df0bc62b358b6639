{% set steady = 'months.month_index > costs.horizon_months - 12' %}
-- Yearly figures of the base case: the first year, and the last twelve months as the steady year.
select
    months.engagement_id,
    months.scenario,
    {{ exact_sum('case when months.month_index <= 12 then months.hours_used end') }}
        as hours_year_1,
    {{ exact_sum('case when ' ~ steady ~ ' then months.hours_used end') }} as hours_steady_year,
    {{ exact_sum('case when ' ~ steady ~ ' then months.bankable_hours end') }}
        as bankable_hours_steady_year,
    {{ exact_sum('case when ' ~ steady ~ ' then months.pitches end') }} as pitches_steady_year,
    {{ exact_sum('case when ' ~ steady ~ ' then months.hires_avoided end') }} / 12
        as hires_avoided_steady,
    any_value(costs.monthly_cost) * 12 as cost_steady_year
from {{ ref('int_scenario_months_joined') }} as months
inner join {{ ref('int_costs_counted') }} as costs
    on
        months.engagement_id = costs.engagement_id
        and months.case_id = costs.case_id
where months.case_id = 'base' and months.month_index <= costs.horizon_months
group by months.engagement_id, months.scenario
