select * from fct_baseline_drift
