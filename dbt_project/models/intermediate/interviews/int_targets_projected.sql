-- Targets that the priority's scenario moves: each draw's last twelve months up to the target's
-- horizon, laid over the revenue of the project types. The median of the draws is the projection;
-- a metric that the scenario does not move has none.
with revenue as (
    select
        engagement_id,
        -- One type without price or volume leaves the whole unknown.
        case
            when count(*) = count(price * annual_volume)
                then {{ exact_sum('price * annual_volume') }}
        end as yearly_revenue
    from {{ ref('stg_raw__project_types') }}
    group by engagement_id
),

horizons as (
    select
        targets.engagement_id,
        targets.metric,
        targets.baseline,
        engagements.priority as scenario,
        revenue.yearly_revenue,
        cast({{ whole_step('targets.horizon_months') }} as bigint) as last_index
    from {{ ref('stg_raw__targets') }} as targets
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on targets.engagement_id = engagements.engagement_id
    left join revenue
        on targets.engagement_id = revenue.engagement_id
    where targets.horizon_months >= 12 and targets.metric in ('margin_rate', 'revenue')
),

-- Up to which month a scenario is computed; targets beyond it have no projection.
last_months as (
    select
        engagement_id,
        scenario,
        max(month_index) as last_month_index
    from {{ ref('int_scenario_months_joined') }}
    group by engagement_id, scenario
),

years as (
    select
        horizons.engagement_id,
        horizons.metric,
        months.case_id,
        any_value(horizons.baseline) as baseline,
        any_value(horizons.yearly_revenue) as yearly_revenue,
        {{ exact_sum('months.benefit') }}
        - {{ exact_sum('case when months.month_index <= costs.horizon_months
            then costs.monthly_cost else 0 end') }} as yearly_net,
        {{ exact_sum('months.revenue') }} as added_revenue
    from horizons
    inner join last_months
        on
            horizons.engagement_id = last_months.engagement_id
            and horizons.scenario = last_months.scenario
            and horizons.last_index <= last_months.last_month_index
    inner join {{ ref('int_scenario_cases_valued') }} as valued
        on
            horizons.engagement_id = valued.engagement_id
            and horizons.scenario = valued.scenario
            and valued.case_kind = 'draw'
            and valued.npv is not null
    inner join {{ ref('int_scenario_months_joined') }} as months
        on
            valued.engagement_id = months.engagement_id
            and valued.scenario = months.scenario
            and valued.case_id = months.case_id
            and months.month_index between horizons.last_index - 11 and horizons.last_index
    inner join {{ ref('int_costs_counted') }} as costs
        on
            months.engagement_id = costs.engagement_id
            and months.case_id = costs.case_id
    group by horizons.engagement_id, horizons.metric, months.case_id
)

select
    engagement_id,
    metric,
    quantile_cont(
        case
            when metric = 'margin_rate'
                then
                    (baseline * yearly_revenue + yearly_net)
                    / nullif(yearly_revenue + coalesce(added_revenue, 0), 0)
            else baseline + added_revenue
        end, 0.5
    ) as projected
from years
group by engagement_id, metric
