"""The consultant's review workbook: proposals out, decisions in.

Belongs here: `jalon review`. Does not belong here: what a decision file may hold
(ingestion.decisions), how a proposal comes about (llm_enrichment, dbt_project).
"""
