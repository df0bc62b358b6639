-- Which scenarios can be computed, and what the others lack.
with inputs as (
    select
        engagement_id, assumption, base, is_for_productivity, is_for_growth, is_for_margin
    from {{ ref('int_assumptions_settled') }}
    where assumption <> 'baseline_hours'
    union all
    select
        engagement_id, assumption, base, is_for_productivity, is_for_growth, is_for_margin
    from {{ ref('int_team_assumptions_settled') }}
    where team_id is not null
),

hours as (
    select
        teams.engagement_id,
        bool_or(settled.team_id is not null) as has_hours,
        bool_or(settled.team_id is null and needs.team_id is not null) as has_unknown_need
    from {{ ref('stg_raw__teams') }} as teams
    left join (
        -- Distinct: a team has a row per task.
        select distinct engagement_id, team_id from {{ ref('int_task_hours_settled') }}
    ) as settled using (engagement_id, team_id)
    left join (
        -- Distinct: a team may need hours for pitches, projects and upsells.
        select distinct engagement_id, team_id
        from {{ ref('int_team_assumptions_settled') }}
        where
            is_for_growth and base > 0
            and assumption not in (
                select waived.assumption from {{ ref('int_assumptions_waived') }} as waived
            )
    ) as needs using (engagement_id, team_id)
    group by teams.engagement_id
),

needs as (
    select engagement_id, max(base) as greatest_need
    from {{ ref('int_team_assumptions_settled') }}
    where assumption in ('hours_per_pitch', 'hours_per_project')
    group by engagement_id
),

project_types as (
    select
        engagements.engagement_id,
        count(types.price + types.annual_volume) as priced_count,
        count(types.project_type) as types_count
    from {{ ref('stg_raw__engagements') }} as engagements
    left join {{ ref('stg_raw__project_types') }} as types using (engagement_id)
    group by engagements.engagement_id
),

lacks as (
    select inputs.*
    from inputs
    left join {{ ref('int_assumptions_waived') }} as waived using (engagement_id, assumption)
    where inputs.base is null and waived.assumption is null
    union all
    select engagement_id, 'baseline_hours', null, true, true, true from hours where not has_hours
    union all
    select engagement_id, 'baseline_hours', null, false, true, false
    from hours
    inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
    where has_unknown_need and not engagements.teams_can_swap
    union all
    select engagement_id, 'project_types', null, false, false, true
    from project_types where types_count = 0 or priced_count < types_count
),

scenarios (scenario) as (values ('productivity'), ('growth'), ('margin'))

select
    engagements.engagement_id,
    scenarios.scenario,
    -- Distinct: a team map that is not given is missing for each team.
    string_agg(distinct lacks.assumption, ', ' order by lacks.assumption) as missing_inputs,
    -- Hours that no pitch needs are nothing to be turned into growth.
    count(lacks.assumption) = 0
    and (scenarios.scenario <> 'growth' or max(needs.greatest_need) > 0) as is_computable
from {{ ref('stg_raw__engagements') }} as engagements
cross join scenarios
left join needs on engagements.engagement_id = needs.engagement_id
left join lacks
    on
        engagements.engagement_id = lacks.engagement_id
        and (
            (scenarios.scenario = 'productivity' and lacks.is_for_productivity)
            or (scenarios.scenario = 'growth' and lacks.is_for_growth)
            or (scenarios.scenario = 'margin' and lacks.is_for_margin)
        )
group by engagements.engagement_id, scenarios.scenario
