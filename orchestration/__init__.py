"""Orchestration: the only package that knows Dagster, dbt's runner and the environment."""

import gc

# Dagster, dbt and Great Expectations make half a million objects that stay. To look through them at
# Python's usual pace cost a command 1.8 s of its first engagement, and 0.5 s of each further one.
gc.set_threshold(50_000, 20, 50)
