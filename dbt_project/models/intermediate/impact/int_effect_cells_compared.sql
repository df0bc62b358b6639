-- The cells of each effect: treated ones, those of teams that are not treated (`control`), and the
-- other tasks of treated teams (`within`), all over the windows of the treated cells.
with treated as (
    select * from {{ ref('int_effect_cells_treated') }}
),

any_treated as (
    -- Distinct: a cell may stand under several interventions.
    select distinct engagement_id, look, team_id, task_id
    from treated
),

effect_teams as (
    -- Distinct: a team may have several treated cells.
    select distinct engagement_id, look, effect_id, team_id
    from treated
),

effect_windows as (
    -- Distinct: teams treated on one task on one day share the window.
    select distinct engagement_id, look, effect_id, task_id, started_on
    from treated
),

team_windows as (
    -- Distinct: tasks that a team was treated on from one day share the window.
    select distinct engagement_id, look, effect_id, team_id, started_on
    from treated
),

sides as (
    select
        engagement_id, look, effect_id, 'treated' as side, team_id, task_id, started_on
    from treated
    union all
    select
        windows.engagement_id,
        windows.look,
        windows.effect_id,
        'control' as side,
        changes.team_id,
        windows.task_id,
        windows.started_on
    from effect_windows as windows
    inner join {{ ref('int_cell_changes_measured') }} as changes
        using (engagement_id, look, task_id, started_on)
    left join effect_teams
        on
            windows.engagement_id = effect_teams.engagement_id
            and windows.look = effect_teams.look
            and windows.effect_id = effect_teams.effect_id
            and changes.team_id = effect_teams.team_id
    left join any_treated
        on
            windows.engagement_id = any_treated.engagement_id
            and windows.look = any_treated.look
            and changes.team_id = any_treated.team_id
            and windows.task_id = any_treated.task_id
    where effect_teams.team_id is null and any_treated.team_id is null
    union all
    select
        windows.engagement_id,
        windows.look,
        windows.effect_id,
        'within' as side,
        windows.team_id,
        changes.task_id,
        windows.started_on
    from team_windows as windows
    inner join {{ ref('int_cell_changes_measured') }} as changes
        using (engagement_id, look, team_id, started_on)
    left join any_treated
        on
            windows.engagement_id = any_treated.engagement_id
            and windows.look = any_treated.look
            and windows.team_id = any_treated.team_id
            and changes.task_id = any_treated.task_id
    where any_treated.team_id is null
)

select
    sides.engagement_id,
    sides.look,
    sides.effect_id,
    sides.side,
    sides.team_id,
    sides.task_id,
    sides.started_on,
    changes.log_change
from sides
left join {{ ref('int_cell_changes_measured') }} as changes
    using (engagement_id, look, team_id, task_id, started_on)
