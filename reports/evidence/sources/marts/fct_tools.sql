select * from fct_tools
