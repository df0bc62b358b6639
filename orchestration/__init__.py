"""Orchestration: the only package that knows Dagster, dbt's runner and the environment."""

import gc
import os

# Dagster, dbt and Great Expectations make half a million objects that stay. To look through them at
# Python's usual pace cost a command 1.8 s of its first engagement, and 0.5 s of each further one.
gc.set_threshold(50_000, 20, 50)

# Threads of the embedding's engine that wait shall sleep: beside another busy process, spinning
# ones take four times as long. Read when the engine is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
