select * from fct_alignment
