select * from fct_flows
