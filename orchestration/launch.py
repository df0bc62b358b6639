"""Run the flow from the command line: through Dagster, in this process, seen in its UI.

One process pays Dagster's start once, however many engagements it runs. Does not belong here: the
stages (flow), what is printed at the end (commands).
"""

import logging
import os
import shutil
import warnings
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.paths import REPOSITORY, Home
from orchestration.progress import Progress

if TYPE_CHECKING:
    from dagster import DagsterInstance, Definitions


def prepare_dagster_home(home: Home) -> Path:
    """Make JALON_HOME/dagster Dagster's home, with the repository's dagster.yaml."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    wanted = (REPOSITORY / "dagster.yaml").read_bytes()
    config = home.dagster / "dagster.yaml"
    if not config.is_file() or config.read_bytes() != wanted:
        temporary = config.with_suffix(f".{os.getpid()}")
        shutil.copyfile(REPOSITORY / "dagster.yaml", temporary)
        temporary.replace(config)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    return home.dagster


@dataclass
class Launcher:
    """Dagster in this process, started at first use."""

    home: Home
    progress: Progress

    @cached_property
    def definitions(self) -> "Definitions":
        """All definitions, with progress on the terminal."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from orchestration.build_defs import build_defs
            from orchestration.resources import Jalon

            logging.getLogger("dagster").setLevel(logging.CRITICAL)
            return build_defs({"jalon": Jalon(self.progress)})

    @cached_property
    def instance(self) -> "DagsterInstance":
        """The instance that the UI shows."""
        prepare_dagster_home(self.home)
        from dagster import DagsterInstance

        return DagsterInstance.get()

    def start(self) -> None:
        """Load Dagster, dbt's manifest and all definitions."""
        with self.progress.stage("start-up"):
            _ = self.instance, self.definitions

    def run(self, job: str, engagement: str, month: str | None = None) -> None:
        """Execute `job` for one engagement, or one engagement and month.

        Raises:
            Exception: what the failing stage raised.
        """
        from orchestration.partitions import build_key
        from orchestration.sensors import COMMAND_LINE, STARTED_BY

        self.instance.add_dynamic_partitions("engagement", [engagement])
        self.definitions.resolve_job_def(job).execute_in_process(
            partition_key=build_key(engagement, month) if month else engagement,
            instance=self.instance,
            tags={STARTED_BY: COMMAND_LINE},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
