-- Who is treated, as each of two looks sees it: the build's month and the month before, since a
-- result must hold twice. `all` takes each cell once, from its first intervention on.
with looks as (
    select engagement_id, 'current' as look, as_of_on as look_on
    from {{ ref('stg_build__parameters') }}
    union all
    select engagement_id, 'previous' as look, as_of_month - 1 as look_on
    from {{ ref('stg_build__parameters') }}
),

cells as (
    select
        engagement_id,
        intervention_id as effect_id,
        team_id,
        task_id,
        started_on,
        is_randomised
    from {{ ref('int_interventions_as_of') }}
    union all
    select
        engagement_id,
        'all' as effect_id,
        team_id,
        task_id,
        min(started_on) as started_on,
        bool_and(is_randomised) as is_randomised
    from {{ ref('int_interventions_as_of') }}
    group by engagement_id, team_id, task_id
)

select
    cells.engagement_id,
    looks.look,
    looks.look_on,
    cells.effect_id,
    cells.team_id,
    cells.task_id,
    cells.started_on,
    coalesce(cells.is_randomised, false) as is_randomised
from cells
inner join looks
    on
        cells.engagement_id = looks.engagement_id
        and cells.started_on <= looks.look_on
