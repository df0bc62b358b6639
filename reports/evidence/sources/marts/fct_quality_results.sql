select * from fct_quality_results
