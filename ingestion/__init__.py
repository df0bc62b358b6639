"""Ingestion: from the files of an engagement folder to immutable raw tables.

Belongs here: the schema of `engagement.yaml`, one reader per kind of file, one small module per
tool, identification of people and pseudonyms, redaction, quarantine, raw Parquet.
Does not belong here: any business formula (dbt_project), any label or match (llm_enrichment),
anything that knows Dagster or reads the environment (orchestration).
"""
