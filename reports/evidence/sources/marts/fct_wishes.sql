select * from fct_wishes
