select * from dim_tasks
