select * from fct_forecast_vs_realised
