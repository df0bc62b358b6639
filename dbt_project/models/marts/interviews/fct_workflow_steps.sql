select
    engagement_id,
    workflow_key as workflow_id,
    workflow,
    step_order,
    step,
    task_id,
    team_id,
    nature,
    tool,
    documents
from {{ ref('int_workflow_steps_ordered') }}
order by engagement_id, workflow_key, step_order
