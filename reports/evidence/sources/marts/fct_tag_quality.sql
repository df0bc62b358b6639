select * from fct_tag_quality
