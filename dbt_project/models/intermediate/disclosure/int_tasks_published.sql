-- Whether the hours of a task over all teams may be shown: not where they would give a folded
-- cell away, alone or through a chain of sums. Teams and tasks are the nodes of a graph and folded
-- cells its edges; a cell is known when the graph falls apart without it.
with recursive folded as (
    -- Distinct: merged teams have several true cells.
    select distinct
        engagement_id,
        task_id,
        'team:' || published_team_id as team_node,
        'task:' || task_id as task_node,
        published_team_id || '/' || task_id as cell
    from {{ ref('int_cells_published') }}
    where is_folded
),

lonely as (
    select
        engagement_id,
        task_id,
        task_node
    from folded
    group by engagement_id, task_id, task_node
    having count(*) = 1
),

steps as (
    select engagement_id, cell, team_node as source_node, task_node as target_node from folded
    union all
    select engagement_id, cell, task_node, team_node from folded
),

reached as (
    select engagement_id, cell as without_cell, team_node as start_node, team_node as node
    from folded
    union
    select engagement_id, cell, task_node, task_node
    from folded
    union
    select
        reached.engagement_id,
        reached.without_cell,
        reached.start_node,
        steps.target_node
    from reached
    inner join steps
        on
            reached.engagement_id = steps.engagement_id
            and reached.node = steps.source_node
            and reached.without_cell <> steps.cell
),

-- A side without a way back, and without a task whose hours are withheld anyway.
known as (
    select
        folded.engagement_id,
        folded.cell
    from folded
    inner join reached
        on
            folded.engagement_id = reached.engagement_id
            and folded.cell = reached.without_cell
    left join lonely
        on
            reached.engagement_id = lonely.engagement_id
            and reached.node = lonely.task_node
    group by folded.engagement_id, folded.cell, reached.start_node
    having
        count(lonely.task_node) = 0
        and not bool_or(
            reached.node <> reached.start_node
            and reached.node in (folded.team_node, folded.task_node)
        )
)

select
    tasks.engagement_id,
    tasks.task_id,
    folded_tasks.task_id is null
    or (
        lonely.task_id is null
        and withheld.withheld is null
        and not exists (
            select 1 from known where known.engagement_id = tasks.engagement_id
        )
    ) as is_hours_shown
from {{ ref('int_tasks_decided') }} as tasks
left join (
    select distinct engagement_id, task_id from folded
) as folded_tasks using (engagement_id, task_id)
left join lonely using (engagement_id, task_id)
left join {{ ref('stg_build__withheld') }} as withheld
    on
        tasks.engagement_id = withheld.engagement_id
        and 'task ' || tasks.task_id = withheld.withheld
