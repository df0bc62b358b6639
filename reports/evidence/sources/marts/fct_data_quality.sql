select * from fct_data_quality
