"""Orchestration: the only package that knows Dagster, dbt's runner and the environment."""

import gc

# Dagster, dbt and Great Expectations make two million objects that stay. To look through them at
# Python's usual pace costs each run a second or two.
gc.set_threshold(50_000, 20, 50)
