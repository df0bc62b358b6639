select * from fct_champions
