select * from fct_hours_funnel
