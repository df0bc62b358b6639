select * from fct_impact_monthly
