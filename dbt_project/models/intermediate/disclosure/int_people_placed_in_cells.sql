-- Everybody whose answers or time entries stand behind a cell; a person has both, or one of them.
select engagement_id, team_id, task_id, person_id from {{ ref('int_task_hours_capped') }}
union
select engagement_id, team_id, task_id, person_id from {{ ref('int_task_hours_observed') }}
