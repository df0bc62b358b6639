-- What growth brings in each month: a pitch of month t is won in month t + lag, so late wins stand
-- in the months after the horizon.
with calendar as (
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

won_and_made as (
    select
        calendar.engagement_id,
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
    from calendar
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
    left join {{ ref('int_growth_months') }} as made using (engagement_id, case_id, month_index)
    left join {{ ref('int_growth_months') }} as won
        on
            calendar.engagement_id = won.engagement_id
            and calendar.case_id = won.case_id
            and calendar.month_index - calendar.lag_months = won.month_index
)

select
    engagement_id,
    case_id,
    month_index,
    (wins * average_project_value + upsells * upsell_value) * (1 - external_cost_share)
    - pitches * pitch_cash_cost as benefit,
    wins * average_project_value + upsells * upsell_value as revenue,
    pitches,
    hours_used,
    bankable_hours,
    capacity_hours,
    capacity_value
from won_and_made
