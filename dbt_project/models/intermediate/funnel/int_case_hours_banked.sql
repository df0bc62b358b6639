-- U: usable hours of each covered team and month, from all tasks in scope (model.md, section 2).
with team_months as (
    select
        teams.engagement_id,
        teams.case_id,
        teams.team_id,
        teams.baseline_hours,
        ramp.month_index
    from (
        select
            engagement_id,
            case_id,
            team_id,
            {{ exact_sum('baseline_hours') }} as baseline_hours
        from {{ ref('int_case_hours_gained') }}
        group by engagement_id, case_id, team_id
    ) as teams
    inner join {{ ref('int_adoption_ramped') }} as ramp using (engagement_id, case_id)
),

adopted as (
    select
        gained.engagement_id,
        gained.case_id,
        gained.team_id,
        cast(ramp.month_index + gained.start_delay_months as bigint) as month_index,
        {{ exact_sum('gained.gained_hours * ramp.adoption_share') }} as adopted_hours
    from {{ ref('int_case_hours_gained') }} as gained
    inner join {{ ref('int_adoption_ramped') }} as ramp using (engagement_id, case_id)
    where gained.start_delay_months is not null
    group by all
)

select
    team_months.engagement_id,
    team_months.case_id,
    team_months.team_id,
    team_months.month_index,
    team_months.baseline_hours,
    coalesce(adopted.adopted_hours, 0)
    * (1 - cases.review_share) * cases.bankable_share as bankable_hours
from team_months
inner join {{ ref('int_cases_valued') }} as cases using (engagement_id, case_id)
left join adopted using (engagement_id, case_id, team_id, month_index)
