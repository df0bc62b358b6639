select * from fct_workflow_steps
