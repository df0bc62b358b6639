select * from fct_assumptions
