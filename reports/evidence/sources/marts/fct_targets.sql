select * from fct_targets
