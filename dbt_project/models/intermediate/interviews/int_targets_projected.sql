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

revenues as (
    select
        horizons.engagement_id,
        horizons.metric,
        months.case_id,
        {{ exact_sum('months.revenue') }} as added_revenue
    from horizons
    inner join {{ ref('int_scenario_months_joined') }} as months
        on
            horizons.engagement_id = months.engagement_id
            and horizons.scenario = months.scenario
            and months.month_index between horizons.last_index - 11 and horizons.last_index
    group by horizons.engagement_id, horizons.metric, months.case_id
),

years as (
    select
        horizons.*,
        ends.case_id,
        ends.cumulative_net - starts.cumulative_net as yearly_net,
        revenues.added_revenue
    from horizons
    inner join {{ ref('int_scenario_balances_run') }} as ends
        on
            horizons.engagement_id = ends.engagement_id
            and horizons.scenario = ends.scenario
            and horizons.last_index = ends.month_index
            and ends.case_kind = 'draw'
    inner join {{ ref('int_scenario_balances_run') }} as starts
        on
            ends.engagement_id = starts.engagement_id
            and ends.scenario = starts.scenario
            and ends.case_id = starts.case_id
            and horizons.last_index - 12 = starts.month_index
    inner join revenues
        on
            horizons.engagement_id = revenues.engagement_id
            and horizons.metric = revenues.metric
            and ends.case_id = revenues.case_id
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
