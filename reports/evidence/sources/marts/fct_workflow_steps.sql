select
    workflow_id,
    workflow,
    step_order,
    step,
    task_id,
    team_id,
    nature,
    tool,
    documents
from fct_workflow_steps
