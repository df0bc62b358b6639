select * from dim_teams
