with spread as (
    select
        engagement_id,
        scenario,
        quantile_cont(npv, 0.1) as npv_p10,
        quantile_cont(npv, 0.5) as npv_p50,
        quantile_cont(npv, 0.9) as npv_p90,
        quantile_cont(npv_analytic, 0.5) as npv_analytic_p50,
        count(*) filter (where npv > 0) / count(npv) as probability_positive
    from {{ ref('int_scenario_cases_valued') }}
    where case_kind = 'draw' and npv is not null
    group by engagement_id, scenario
),

paybacks as (
    select
        engagement_id,
        scenario,
        min(month_index) as payback_months
    from {{ ref('fct_roi_monthly') }}
    where
        not is_after_horizon
        and {{ band_value('cumulative_net') }} >= 0
    group by engagement_id, scenario
),

concessions as (
    select
        margin.engagement_id,
        'margin' as scenario,
        cases.cash_share * {{ exact_sum('margin.saved_cost') }} as cash_saved,
        nullif(any_value(margin.fees_year), 0) as fees_year
    from {{ ref('int_margin_months') }} as margin
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
    where
        margin.case_id = 'base'
        and margin.month_index > cases.horizon_months - 12
    group by margin.engagement_id, cases.cash_share
),

defaults as (
    select
        engagement_id,
        count(*) filter (where is_for_productivity) as productivity,
        count(*) filter (where is_for_growth) as growth,
        count(*) filter (where is_for_margin) as margin
    from {{ ref('int_assumptions_settled') }}
    where set_by = 'default'
    group by engagement_id
)

select
    scenarios.engagement_id,
    parameters.as_of_month,
    scenarios.scenario,
    coalesce(engagements.priority = scenarios.scenario, false) as is_priority,
    years.hours_year_1,
    years.hours_steady_year,
    years.bankable_hours_steady_year
    / (base_terms.working_weeks * engagements.weekly_hours) as fte_steady,
    years.hires_avoided_steady,
    base.npv as npv_base,
    spread.npv_p10,
    spread.npv_p50,
    spread.npv_p90,
    spread.probability_positive,
    base.npv_analytic as npv_analytic_base,
    spread.npv_analytic_p50,
    cast(paybacks.payback_months as integer) as payback_months,
    base.roi,
    case
        when concessions.fees_year is not null
            then greatest(
                0, (concessions.cash_saved - years.cost_steady_year) / concessions.fees_year
            )
    end as break_even_concession,
    concessions.cash_saved / concessions.fees_year as break_even_concession_gross,
    bound.binding_team,
    years.pitches_steady_year as extra_pitches,
    years.pitches_steady_year * base_terms.conversion_rate as extra_projects,
    years.hours_steady_year / nullif(years.bankable_hours_steady_year, 0) as hours_used_share,
    scenarios.missing_inputs,
    case scenarios.scenario
        when 'productivity' then coalesce(defaults.productivity, 0)
        when 'growth' then coalesce(defaults.growth, 0)
        else coalesce(defaults.margin, 0)
    end as default_assumptions_count
from {{ ref('int_scenarios_checked') }} as scenarios
inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
inner join {{ ref('stg_build__parameters') }} as parameters using (engagement_id)
inner join {{ ref('int_cases_valued') }} as base_terms
    on
        scenarios.engagement_id = base_terms.engagement_id
        and base_terms.case_id = 'base'
left join {{ ref('int_scenario_cases_valued') }} as base
    on
        scenarios.engagement_id = base.engagement_id
        and scenarios.scenario = base.scenario
        and base.case_id = 'base'
left join {{ ref('int_scenario_years_summed') }} as years
    on
        base.engagement_id = years.engagement_id
        and base.scenario = years.scenario
        and base.npv is not null
left join spread
    on
        scenarios.engagement_id = spread.engagement_id
        and scenarios.scenario = spread.scenario
left join paybacks
    on
        scenarios.engagement_id = paybacks.engagement_id
        and scenarios.scenario = paybacks.scenario
left join concessions
    on
        scenarios.engagement_id = concessions.engagement_id
        and scenarios.scenario = concessions.scenario
left join {{ ref('int_growth_bound') }} as bound
    on
        base.engagement_id = bound.engagement_id
        and base.scenario = 'growth'
        and base.npv is not null
left join defaults
    on scenarios.engagement_id = defaults.engagement_id
order by scenarios.engagement_id, scenarios.scenario
