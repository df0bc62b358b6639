select * from fct_roadmap
