select * from fct_roi_sensitivity
