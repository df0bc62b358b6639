with spread as (
    select
        engagement_id,
        scenario,
        month_index,
        quantile_cont(cumulative_net, 0.1) as cumulative_net_p10,
        quantile_cont(cumulative_net, 0.5) as cumulative_net_p50,
        quantile_cont(cumulative_net, 0.9) as cumulative_net_p90
    from {{ ref('int_scenario_balances_run') }}
    where case_kind = 'draw'
    group by engagement_id, scenario, month_index
)

select
    balances.engagement_id,
    balances.scenario,
    cast(balances.month_index as integer) as month_index,
    cast({{ month_on('engagements.programme_start', 'balances.month_index') }} as date)
        as month_on,
    balances.month_index > costs.horizon_months as is_after_horizon,
    balances.benefit,
    months.benefit_analytic,
    months.revenue,
    balances.cost,
    balances.benefit - balances.cost as net,
    balances.cumulative_net,
    spread.cumulative_net_p10,
    spread.cumulative_net_p50,
    spread.cumulative_net_p90,
    -- Before the first month no hour is freed; after the last one nothing is planned.
    case when balances.month_index = 0 then 0 else months.hours_used end as hours_used,
    case when balances.month_index = 0 then 0 else months.capacity_hours end as capacity_hours,
    case when balances.month_index = 0 then 0 else months.capacity_value end as capacity_value,
    months.hires_avoided,
    months.pitches,
    case when balances.month_index = 0 then 0 else ramp.adoption_share end as adoption
from {{ ref('int_scenario_balances_run') }} as balances
inner join {{ ref('stg_raw__engagements') }} as engagements
    on balances.engagement_id = engagements.engagement_id
inner join {{ ref('int_costs_counted') }} as costs
    on
        balances.engagement_id = costs.engagement_id
        and balances.case_id = costs.case_id
left join spread
    on
        balances.engagement_id = spread.engagement_id
        and balances.scenario = spread.scenario
        and balances.month_index = spread.month_index
left join {{ ref('int_scenario_months_joined') }} as months
    on
        balances.engagement_id = months.engagement_id
        and balances.scenario = months.scenario
        and balances.case_id = months.case_id
        and balances.month_index = months.month_index
left join {{ ref('int_adoption_ramped') }} as ramp
    on
        balances.engagement_id = ramp.engagement_id
        and balances.case_id = ramp.case_id
        and balances.month_index = ramp.month_index
where
    balances.case_id = 'base'
    and balances.month_index
    <= costs.horizon_months
    + case when balances.scenario = 'growth' then costs.lag_months else 0 end
order by balances.engagement_id, balances.scenario, balances.month_index
