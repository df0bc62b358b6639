-- U: usable hours of each covered team and month, from all tasks in scope (model.md, section 2).
-- The months of a case and the starts of a team are lists: a join would make a row of each pair.
with teams as (
    select
        engagement_id,
        case_id,
        team_id,
        {{ exact_sum('baseline_hours') }} as baseline_hours,
        list(
            {
                'delay': cast(start_delay_months as bigint),
                'hours': gained_hours
            }
            order by start_delay_months
        ) filter (where start_delay_months is not null) as starts
    from {{ ref('int_case_hours_gained') }}
    group by engagement_id, case_id, team_id
),

ramps as (
    select
        engagement_id,
        case_id,
        list(adoption_share order by month_index) as adoption_shares
    from {{ ref('int_adoption_ramped') }}
    group by engagement_id, case_id
)

select
    teams.engagement_id,
    teams.case_id,
    teams.team_id,
    series.month_index,
    teams.baseline_hours,
    coalesce(
        list_sum(
            list_transform(
                teams.starts,
                lambda begun: case
                    when begun['delay'] < series.month_index
                        then begun['hours']
                        * ramps.adoption_shares[series.month_index - begun['delay']]
                end
            )
        ), 0
    ) * (1 - cases.review_share) * cases.bankable_share as bankable_hours
from teams
inner join ramps
    on
        teams.engagement_id = ramps.engagement_id
        and teams.case_id = ramps.case_id
inner join {{ ref('int_cases_valued') }} as cases
    on
        teams.engagement_id = cases.engagement_id
        and teams.case_id = cases.case_id
cross join lateral (
    select unnest(generate_series(1, len(ramps.adoption_shares))) as month_index
) as series
