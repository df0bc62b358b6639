-- Pitches and upsells that usable hours allow; the scarcest team sets the number.
with team_months as (
    select
        ramp.engagement_id,
        ramp.case_id,
        ramp.month_index,
        -- A team without known hours brings none to a pool; without a pool nothing is computed.
        coalesce(banked.bankable_hours, 0) as bankable_hours,
        terms.hourly_cost,
        terms.hours_per_upsell,
        terms.hours_per_pitch + cases.conversion_rate * terms.hours_per_project as pitch_need
    from {{ ref('int_adoption_ramped') }} as ramp
    inner join {{ ref('int_scenarios_checked') }} as scenarios
        on
            ramp.engagement_id = scenarios.engagement_id
            and scenarios.scenario = 'growth'
            and scenarios.is_computable
    inner join {{ ref('int_cases_valued') }} as cases
        on
            ramp.engagement_id = cases.engagement_id
            and ramp.case_id = cases.case_id
    inner join {{ ref('int_team_terms_settled') }} as terms
        on ramp.engagement_id = terms.engagement_id
    left join {{ ref('int_case_hours_banked') }} as banked
        on
            ramp.engagement_id = banked.engagement_id
            and ramp.case_id = banked.case_id
            and ramp.month_index = banked.month_index
            and terms.team_id = banked.team_id
),

supply as (
    select
        engagement_id,
        case_id,
        month_index,
        min(bankable_hours / pitch_need) filter (where pitch_need > 0) as scarcest_pitches,
        {{ exact_sum('bankable_hours') }} as bankable_hours,
        {{ exact_sum('case when pitch_need > 0 then bankable_hours else 0 end') }} as pooled_hours,
        {{ exact_sum('pitch_need') }} as pitch_need,
        {{ exact_sum('hours_per_upsell') }} as upsell_need
    from team_months
    group by engagement_id, case_id, month_index
),

pitched as (
    select
        supply.*,
        engagements.teams_can_swap,
        case
            when supply.pitch_need > 0
                then least(
                    case
                        when engagements.teams_can_swap
                            then supply.pooled_hours / supply.pitch_need
                        else supply.scarcest_pitches
                    end,
                    cases.extra_pitches_per_year / 12
                )
        end as pitches,
        cases.upsell_deals_per_year / 12 as upsells_cap
    from supply
    inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
    inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
),

-- With upsells in no team's hours the least function passes over the null: only demand limits.
upsold as (
    select
        engagement_id,
        case_id,
        month_index,
        any_value(pitched.pitches) as pitches,
        greatest(0, least(
            any_value(pitched.upsells_cap),
            case
                when any_value(pitched.teams_can_swap)
                    then any_value(
                        (pitched.pooled_hours - pitched.pitches * pitched.pitch_need)
                        / nullif(pitched.upsell_need, 0)
                    )
                else
                    min(
                        (team_months.bankable_hours - pitched.pitches * team_months.pitch_need)
                        / nullif(team_months.hours_per_upsell, 0)
                    )
            end
        )) as upsells
    from team_months
    inner join pitched using (engagement_id, case_id, month_index)
    group by engagement_id, case_id, month_index
)

select
    team_months.engagement_id,
    team_months.case_id,
    team_months.month_index,
    any_value(upsold.pitches) as pitches,
    any_value(upsold.upsells) as upsells,
    {{ exact_sum('team_months.bankable_hours') }} as bankable_hours,
    {{ exact_sum(
        'upsold.pitches * team_months.pitch_need + upsold.upsells * team_months.hours_per_upsell'
    ) }} as hours_used,
    {{ exact_sum(
        'team_months.bankable_hours - upsold.pitches * team_months.pitch_need'
        ~ ' - upsold.upsells * team_months.hours_per_upsell'
    ) }} as capacity_hours,
    {{ exact_sum(
        '(team_months.bankable_hours - upsold.pitches * team_months.pitch_need'
        ~ ' - upsold.upsells * team_months.hours_per_upsell) * team_months.hourly_cost'
    ) }} as capacity_value
from team_months
inner join upsold using (engagement_id, case_id, month_index)
group by team_months.engagement_id, team_months.case_id, team_months.month_index
