-- The three alternatives in one shape; growth's late wins stand in the months after the horizon.
with productivity as (
    select
        engagement_id,
        'productivity' as scenario,
        case_id,
        month_index,
        benefit,
        null::double as benefit_analytic,
        null::double as revenue,
        null::double as exposed_fees,
        hires_avoided,
        null::double as pitches,
        hours_used,
        bankable_hours,
        capacity_hours,
        capacity_value
    from {{ ref('int_productivity_months') }}
),

margin as (
    select
        engagement_id,
        'margin' as scenario,
        case_id,
        month_index,
        benefit,
        benefit_analytic,
        null::double as revenue,
        exposed_fees,
        null::double as hires_avoided,
        null::double as pitches,
        hours_used,
        bankable_hours,
        capacity_hours,
        capacity_value
    from {{ ref('int_margin_months') }}
),

-- A pitch of month t is won in month t + lag.
growth_calendar as (
    select
        costs.engagement_id,
        costs.case_id,
        costs.lag_months,
        series.month_index
    from {{ ref('int_costs_counted') }} as costs
    inner join {{ ref('int_scenarios_checked') }} as scenarios
        on
            costs.engagement_id = scenarios.engagement_id
            and scenarios.scenario = 'growth'
            and scenarios.is_computable
    cross join lateral (
        select unnest(generate_series(1, costs.horizon_months + costs.lag_months)) as month_index
    ) as series
),

growth as (
    select
        calendar.engagement_id,
        'growth' as scenario,
        calendar.case_id,
        calendar.month_index,
        -- Outside the horizon nobody pitches; before the lag nothing is won.
        case when made.month_index is null then 0 else made.pitches end as pitches,
        case when made.month_index is null then 0 else made.upsells end as upsells,
        case when won.month_index is null then 0 else won.pitches * cases.conversion_rate end
            as wins,
        made.hours_used,
        made.bankable_hours,
        made.capacity_hours,
        made.capacity_value,
        cases.average_project_value,
        cases.upsell_value,
        cases.external_cost_share,
        cases.pitch_cash_cost
    from growth_calendar as calendar
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
    left join {{ ref('int_growth_months') }} as made using (engagement_id, case_id, month_index)
    left join {{ ref('int_growth_months') }} as won
        on
            calendar.engagement_id = won.engagement_id
            and calendar.case_id = won.case_id
            and calendar.month_index - calendar.lag_months = won.month_index
)

select * from productivity
union all
select * from margin
union all
select
    engagement_id,
    scenario,
    case_id,
    month_index,
    (wins * average_project_value + upsells * upsell_value) * (1 - external_cost_share)
    - pitches * pitch_cash_cost as benefit,
    null as benefit_analytic,
    wins * average_project_value + upsells * upsell_value as revenue,
    null as exposed_fees,
    null as hires_avoided,
    pitches,
    hours_used,
    bankable_hours,
    capacity_hours,
    capacity_value
from growth
