-- Hires and freelancers that usable hours replace; people are whole, the rest is capacity.
with team_months as (
    select
        banked.engagement_id,
        banked.case_id,
        banked.team_id,
        banked.month_index,
        banked.bankable_hours,
        terms.hourly_cost,
        cases.freelance_day_rate,
        cases.working_weeks * engagements.weekly_hours / 12 as fte_hours,
        terms.freelance_days * {{ var('hours_per_day') }} / 12 as freelance_hours_cap,
        cast(least(
            {{ whole_step('banked.bankable_hours * 12 / (cases.working_weeks * engagements.weekly_hours)') }},
            {{ whole_step('terms.planned_hires') }}
        ) as bigint) as greatest_hires
    from {{ ref('int_case_hours_banked') }} as banked
    inner join {{ ref('int_scenarios_checked') }} as scenarios
        on
            banked.engagement_id = scenarios.engagement_id
            and scenarios.scenario = 'productivity'
            and scenarios.is_computable
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on banked.engagement_id = engagements.engagement_id
    inner join {{ ref('int_cases_valued') }} as cases
        on
            banked.engagement_id = cases.engagement_id
            and banked.case_id = cases.case_id
    inner join {{ ref('int_team_terms_settled') }} as terms
        on
            banked.engagement_id = terms.engagement_id
            and banked.team_id = terms.team_id
),

-- The number of hires with the greatest benefit; of equal ones the larger.
hired as (
    select
        *,
        case
            when greatest_hires = 0 then 0
            else
                list_aggregate(
                    list_transform(
                        range(0, greatest_hires + 1),
                        lambda hires: {
                            'benefit': {{ band_value(
                                'hires * fte_hours * hourly_cost'
                                ~ ' + least(bankable_hours - hires * fte_hours, freelance_hours_cap)'
                                ~ ' / ' ~ var('hours_per_day') ~ ' * freelance_day_rate'
                            ) }},
                            'hires': hires
                        }
                    ),
                    'max'
                )['hires']
        end as hires_avoided
    from team_months
),

used as (
    select
        *,
        hires_avoided * fte_hours as hire_hours,
        least(bankable_hours - hires_avoided * fte_hours, freelance_hours_cap) as freelance_hours
    from hired
)

select
    engagement_id,
    case_id,
    month_index,
    {{ exact_sum(
        'hire_hours * hourly_cost'
        ~ ' + freelance_hours / ' ~ var('hours_per_day') ~ ' * freelance_day_rate'
    ) }} as benefit,
    {{ exact_sum(of_base('bankable_hours')) }} as bankable_hours,
    {{ exact_sum(of_base('hires_avoided')) }} as hires_avoided,
    {{ exact_sum(of_base('hire_hours + freelance_hours')) }} as hours_used,
    {{ exact_sum(of_base('bankable_hours - hire_hours - freelance_hours')) }} as capacity_hours,
    {{ exact_sum(of_base('(bankable_hours - hire_hours - freelance_hours) * hourly_cost')) }}
        as capacity_value
from used
group by engagement_id, case_id, month_index
