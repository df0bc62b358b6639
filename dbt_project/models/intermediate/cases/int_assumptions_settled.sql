-- The client's value of each assumption, else the default; team maps are settled by team.
with configured as (
    select
        engagement_id,
        assumption,
        base,
        source,
        set_by,
        coalesce(low, base) as low,
        coalesce(high, base) as high
    from {{ ref('stg_raw__assumptions') }}
    where team_id is null and base is not null
)

select
    engagements.engagement_id,
    defaults.assumption,
    defaults.position,
    defaults.prime,
    defaults.unit,
    defaults.is_varied,
    defaults.is_for_productivity,
    defaults.is_for_growth,
    defaults.is_for_margin,
    defaults.needless_when_zero,
    coalesce(configured.low, defaults.low) as low,
    coalesce(configured.base, defaults.base) as base,
    coalesce(configured.high, defaults.high) as high,
    case
        when configured.base is not null then configured.source
        when defaults.base is not null then defaults.why
    end as source,
    case
        when configured.base is not null then coalesce(configured.set_by, 'client')
        when defaults.base is not null then 'default'
    end as set_by
from {{ ref('stg_raw__engagements') }} as engagements
cross join {{ ref('default_assumptions') }} as defaults
left join configured
    on
        engagements.engagement_id = configured.engagement_id
        and defaults.assumption = configured.assumption
where not defaults.is_by_team
