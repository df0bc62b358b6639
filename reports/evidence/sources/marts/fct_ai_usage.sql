select * from fct_ai_usage
