-- What limits growth at the end of the horizon, base case: a team, or the briefs there are.
with needs as (
    select
        banked.engagement_id,
        teams.published_team_id,
        {{ band_value('banked.bankable_hours'
            ~ ' / (terms.hours_per_pitch + cases.conversion_rate * terms.hours_per_project)') }}
            as possible_pitches,
        cases.extra_pitches_per_year / 12 as pitches_cap
    from {{ ref('int_case_hours_banked') }} as banked
    inner join {{ ref('int_costs_counted') }} as costs
        on
            banked.engagement_id = costs.engagement_id
            and banked.case_id = costs.case_id
            and banked.month_index = costs.horizon_months
    inner join {{ ref('int_cases_valued') }} as cases
        on
            banked.engagement_id = cases.engagement_id
            and banked.case_id = cases.case_id
    inner join {{ ref('int_team_terms_settled') }} as terms
        on
            banked.engagement_id = terms.engagement_id
            and banked.team_id = terms.team_id
    inner join {{ ref('int_teams_published') }} as teams
        on
            banked.engagement_id = teams.engagement_id
            and banked.team_id = teams.team_id
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on banked.engagement_id = engagements.engagement_id
    where
        banked.case_id = 'base'
        and not engagements.teams_can_swap
        and terms.hours_per_pitch + cases.conversion_rate * terms.hours_per_project > 0
)

select
    engagement_id,
    published_team_id as binding_team
from needs
where possible_pitches <= pitches_cap
qualify
    row_number() over (
        partition by engagement_id order by possible_pitches asc, published_team_id asc
    ) = 1
