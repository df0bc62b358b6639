select * from fct_margin_by_project_type
