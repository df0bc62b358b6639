select
    matrix.engagement_id,
    matrix.task_id,
    matrix.faster,
    matrix.better,
    matrix.consistent,
    matrix.solution,
    matrix.data,
    matrix.integration,
    matrix.risk,
    matrix.horizon,
    matrix.impact,
    matrix.ease,
    matrix.quadrant,
    matrix.needs_adjudication,
    matrix.scored_by,
    case when tasks.is_hours_shown then matrix.calibrated_weekly_hours end
        as calibrated_weekly_hours,
    case when tasks.is_hours_shown then matrix.bankable_hours_year end as bankable_hours_year,
    matrix.is_selected,
    matrix.is_immediate,
    matrix.rank,
    teams.published_team_id as main_team_id,
    matrix.owner,
    matrix.deadline
from {{ ref('int_matrix_scored') }} as matrix
left join {{ ref('int_teams_published') }} as teams
    on
        matrix.engagement_id = teams.engagement_id
        and matrix.main_team_id = teams.team_id
inner join {{ ref('int_tasks_published') }} as tasks
    on
        matrix.engagement_id = tasks.engagement_id
        and matrix.task_id = tasks.task_id
order by matrix.engagement_id, matrix.task_id
