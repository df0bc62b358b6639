select * from dim_notes
