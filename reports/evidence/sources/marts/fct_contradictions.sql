select * from fct_contradictions
