select * from fct_matrix
