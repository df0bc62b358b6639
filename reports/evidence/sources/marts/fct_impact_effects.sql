select * from fct_impact_effects
