"""Orchestration: the only package that knows Dagster, dbt's runner and the environment."""
