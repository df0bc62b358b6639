-- In a map that is given, teams that are not listed are 0; a map that is not given stays unknown.
with maps_given as (
    select
        engagement_id,
        assumption,
        min(source) as source,
        coalesce(min(set_by), 'client') as set_by
    from {{ ref('stg_raw__assumptions') }}
    where team_id is not null and base is not null
    group by engagement_id, assumption
)

select
    teams.engagement_id,
    teams.team_id,
    defaults.assumption,
    defaults.unit,
    defaults.is_for_productivity,
    defaults.is_for_growth,
    defaults.is_for_margin,
    defaults.needless_when_zero,
    case
        when maps_given.assumption is not null then coalesce(configured.base, 0)
    end as base,
    coalesce(configured.source, maps_given.source) as source,
    coalesce(configured.set_by, maps_given.set_by) as set_by
from {{ ref('stg_raw__teams') }} as teams
cross join {{ ref('default_assumptions') }} as defaults
left join maps_given
    on
        teams.engagement_id = maps_given.engagement_id
        and defaults.assumption = maps_given.assumption
left join {{ ref('stg_raw__assumptions') }} as configured
    on
        teams.engagement_id = configured.engagement_id
        and teams.team_id = configured.team_id
        and defaults.assumption = configured.assumption
where defaults.is_by_team
