with means as (
    select
        engagement_id,
        look,
        effect_id,
        side,
        team_id,
        {{ exact_sum('log_change') }} / count(log_change) as log_change
    from {{ ref('int_effect_cells_compared') }}
    where log_change is not null
    group by engagement_id, look, effect_id, side, team_id
)

select
    engagement_id,
    look,
    effect_id,
    side,
    team_id,
    log_change
from means
where side in ('treated', 'control')
union all
-- Without control teams: how far a team's treated tasks moved against its own other tasks.
select
    treated.engagement_id,
    treated.look,
    treated.effect_id,
    'difference' as side,
    treated.team_id,
    treated.log_change - others.log_change as log_change
from means as treated
inner join means as others
    on
        treated.engagement_id = others.engagement_id
        and treated.look = others.look
        and treated.effect_id = others.effect_id
        and treated.team_id = others.team_id
        and treated.side = 'treated'
        and others.side = 'within'
