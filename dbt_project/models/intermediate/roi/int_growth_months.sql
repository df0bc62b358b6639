-- Pitches and upsells that usable hours allow; the scarcest team sets the number. Where a team
-- that is needed has no known hours, the others may swap or nothing is computed.
with team_needs as (
    select
        cases.engagement_id,
        cases.case_id,
        terms.team_id,
        terms.hourly_cost,
        terms.hours_per_upsell,
        terms.hours_per_pitch + cases.conversion_rate * terms.hours_per_project as hours_per_pitch
    from {{ ref('int_cases_valued') }} as cases
    inner join {{ ref('int_scenarios_checked') }} as scenarios
        on
            cases.engagement_id = scenarios.engagement_id
            and scenarios.scenario = 'growth'
            and scenarios.is_computable
    inner join {{ ref('int_team_terms_settled') }} as terms
        on cases.engagement_id = terms.engagement_id
),

-- What one pitch and one upsell take of all teams together.
needs as (
    select
        engagement_id,
        case_id,
        {{ exact_sum('hours_per_pitch') }} as hours_per_pitch,
        {{ exact_sum('hours_per_upsell') }} as hours_per_upsell,
        {{ exact_sum('hours_per_pitch * hourly_cost') }} as cost_per_pitch,
        {{ exact_sum('hours_per_upsell * hourly_cost') }} as cost_per_upsell
    from team_needs
    group by engagement_id, case_id
),

team_months as not materialized (
    select
        banked.engagement_id,
        banked.case_id,
        banked.month_index,
        banked.bankable_hours,
        team_needs.hourly_cost,
        team_needs.hours_per_pitch,
        team_needs.hours_per_upsell
    from {{ ref('int_case_hours_banked') }} as banked
    inner join team_needs using (engagement_id, case_id, team_id)
),

supply as (
    select
        engagement_id,
        case_id,
        month_index,
        min(bankable_hours / hours_per_pitch) filter (where hours_per_pitch > 0)
            as scarcest_pitches,
        {{ exact_sum(of_base('bankable_hours')) }} as bankable_hours,
        {{ exact_sum('case when hours_per_pitch > 0 then bankable_hours else 0 end') }}
            as pooled_hours,
        {{ exact_sum(of_base('bankable_hours * hourly_cost')) }} as bankable_value
    from team_months
    group by engagement_id, case_id, month_index
),

pitched as (
    select
        supply.*,
        engagements.teams_can_swap,
        needs.hours_per_pitch,
        needs.hours_per_upsell,
        needs.cost_per_pitch,
        needs.cost_per_upsell,
        cases.upsell_deals_per_year / 12 as upsells_cap,
        case
            when needs.hours_per_pitch > 0
                then least(
                    case
                        when engagements.teams_can_swap
                            then supply.pooled_hours / needs.hours_per_pitch
                        else supply.scarcest_pitches
                    end,
                    cases.extra_pitches_per_year / 12
                )
        end as pitches
    from supply
    inner join needs using (engagement_id, case_id)
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
    inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
),

scarcest as (
    select
        engagement_id,
        case_id,
        month_index,
        min(
            (team_months.bankable_hours - pitched.pitches * team_months.hours_per_pitch)
            / team_months.hours_per_upsell
        ) as upsells
    from team_months
    inner join pitched using (engagement_id, case_id, month_index)
    where team_months.hours_per_upsell > 0
    group by engagement_id, case_id, month_index
),

-- With upsells in no team's hours the least function passes over the null: only demand limits.
upsold as (
    select
        pitched.*,
        greatest(0, least(
            pitched.upsells_cap,
            case
                when pitched.teams_can_swap
                    then
                        (pitched.pooled_hours - pitched.pitches * pitched.hours_per_pitch)
                        / nullif(pitched.hours_per_upsell, 0)
                else scarcest.upsells
            end
        )) as upsells
    from pitched
    left join scarcest using (engagement_id, case_id, month_index)
)

select
    engagement_id,
    case_id,
    month_index,
    pitches,
    upsells,
    bankable_hours,
    {{ exact_value(of_base('pitches * hours_per_pitch + upsells * hours_per_upsell')) }} as hours_used,
    {{ exact_value(of_base(
        'bankable_hours - pitches * hours_per_pitch - upsells * hours_per_upsell'
    )) }} as capacity_hours,
    {{ exact_value(of_base(
        'bankable_value - pitches * cost_per_pitch - upsells * cost_per_upsell'
    )) }} as capacity_value
from upsold
