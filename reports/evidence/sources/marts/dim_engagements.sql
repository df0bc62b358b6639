select * from dim_engagements
