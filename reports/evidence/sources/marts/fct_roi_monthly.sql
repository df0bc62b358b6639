select * from fct_roi_monthly
