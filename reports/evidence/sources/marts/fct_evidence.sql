select * from fct_evidence
