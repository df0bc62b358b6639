select * from fct_baseline
