"""Enrichment: tags, matches, facts and score proposals, each with the provider that spoke.

Belongs here: label schema, prompts, providers, cache, grounding, evaluation.
Does not belong here: reading inbox files (ingestion), arithmetic on hours or money (dbt_project).
"""
