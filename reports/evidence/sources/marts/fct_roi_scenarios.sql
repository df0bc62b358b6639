select * from fct_roi_scenarios
