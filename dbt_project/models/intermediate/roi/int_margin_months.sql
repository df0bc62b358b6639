-- Production time saved on the yearly volume of projects, at held prices.
with fees as (
    select
        engagement_id,
        {{ exact_sum('annual_volume * (price - coalesce(external_cost, 0))') }} as fees_year
    from {{ ref('stg_raw__project_types') }}
    group by engagement_id
),

team_months as (
    select
        banked.engagement_id,
        banked.case_id,
        banked.month_index,
        banked.bankable_hours,
        terms.hourly_cost,
        terms.project_hours_year / 12
        * {{ saved_project_share(
            'banked.bankable_hours', 'banked.baseline_hours', 'terms.project_hours_year'
        ) }} as hours_used
    from {{ ref('int_case_hours_banked') }} as banked
    inner join {{ ref('int_scenarios_checked') }} as scenarios
        on
            banked.engagement_id = scenarios.engagement_id
            and scenarios.scenario = 'margin'
            and scenarios.is_computable
    inner join {{ ref('int_team_terms_settled') }} as terms
        on
            banked.engagement_id = terms.engagement_id
            and banked.team_id = terms.team_id
),

months as (
    select
        engagement_id,
        case_id,
        month_index,
        {{ exact_sum(of_base('bankable_hours')) }} as bankable_hours,
        {{ exact_sum('hours_used * hourly_cost') }} as saved_cost,
        {{ exact_sum(of_base('hours_used')) }} as hours_used,
        {{ exact_sum(of_base('bankable_hours - hours_used')) }} as capacity_hours,
        {{ exact_sum(of_base('(bankable_hours - hours_used) * hourly_cost')) }} as capacity_value
    from team_months
    group by engagement_id, case_id, month_index
)

select
    months.*,
    fees.fees_year,
    ramp.ramp_share * fees.fees_year / 12 as exposed_fees,
    cases.cash_share * months.saved_cost
    - cases.price_concession * (ramp.ramp_share * fees.fees_year / 12) as benefit,
    months.saved_cost
    - cases.price_concession * (ramp.ramp_share * fees.fees_year / 12) as benefit_analytic
from months
inner join fees using (engagement_id)
inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
inner join {{ ref('int_adoption_ramped') }} as ramp using (engagement_id, case_id, month_index)
