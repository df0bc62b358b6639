select * from fct_concession_curve
