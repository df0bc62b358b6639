"""Where the code and its state live. The only module that reads JALON_HOME."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
DBT_PROJECT = REPOSITORY / "dbt_project"


def jalon_home() -> Path:
    """The folder of all state: JALON_HOME, by default `data` in the repository."""
    return Path(os.environ.get("JALON_HOME") or REPOSITORY / "data").resolve()
