"""Run the flow from the command line: through Dagster, in this process, seen in its UI.

One process pays Dagster's start once, however many engagements it runs. Does not belong here: the
stages (flow), what is printed at the end (commands).
"""

import logging
import os
import shutil
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from orchestration.locks import exclusive
from orchestration.paths import REPOSITORY, Home
from orchestration.progress import Progress
from orchestration.reaper import alive, end_runs_of_the_dead, runs_of_the_dead
from orchestration.run_records import is_about_damage, set_aside_damaged

if TYPE_CHECKING:
    from dagster import DagsterInstance, Definitions

_MOST_EVENTS_TOGETHER = "1000"

T = TypeVar("T")


def ignore_notes_for_developers() -> None:
    """Silence what Dagster tells its developers; whoever runs an audit can do nothing with it."""
    warnings.filterwarnings("ignore", message=".*(is currently in|in preview).*")


def prepare_dagster_home(home: Home) -> Path:
    """Make JALON_HOME/dagster Dagster's home, with the repository's dagster.yaml or, where its
    records are in PostgreSQL, dagster.cluster.yaml."""
    home.dagster.mkdir(parents=True, exist_ok=True)
    is_cluster = bool(os.environ.get("JALON_POSTGRES"))
    source = REPOSITORY / ("dagster.cluster.yaml" if is_cluster else "dagster.yaml")
    wanted = source.read_bytes()
    config = home.dagster / "dagster.yaml"
    if not config.is_file() or config.read_bytes() != wanted:
        temporary = config.with_suffix(f".{os.getpid()}")
        shutil.copyfile(source, temporary)
        temporary.replace(config)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    # What a run intends to do is some four hundred events, stored together.
    os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", _MOST_EVENTS_TOGETHER)
    return home.dagster


@contextmanager
def _cause_of(failure: type[Exception]) -> Iterator[None]:
    """Raise what led to a `failure` rather than the failure, which is how Dagster's UI is told."""
    try:
        yield
    except failure as error:
        raise error.__cause__ or error from None


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

        # Of two processes that come first to a new home, one makes the databases.
        with exclusive(self.home.locks / "dagster-home"):
            instance = DagsterInstance.get()
            instance.get_runs_count()
            instance.get_dynamic_partitions("engagement")
        return instance

    def start(self) -> None:
        """Load Dagster, dbt's manifest and all definitions."""
        with self.progress.stage("start-up"):
            self._with_sound_records(lambda: (self.instance, self.definitions))

    def recover(self, is_daemon_down: bool = False) -> None:
        """See to the runs of killed processes, where there are any: ended, or queued again."""
        if is_daemon_down or runs_of_the_dead(self.home.locks):
            ended = self._with_sound_records(
                lambda: end_runs_of_the_dead(self.instance, self.home.locks, is_daemon_down)
            )
            if ended:
                self.progress.say(f"  {ended} run{'s' * (ended != 1)} cut short before seen to")

    def run(self, job: str, engagement: str | None = None, month: str | None = None) -> None:
        """Execute `job` for one engagement, one engagement and month, or all of them together.

        Raises:
            Exception: what the failing stage raised.
        """
        self._with_sound_records(lambda: self._execute(job, engagement, month))

    def _execute(self, job: str, engagement: str | None, month: str | None) -> None:
        from dagster import Failure

        from orchestration.partitions import build_key
        from orchestration.sensors import COMMAND_LINE, STARTED_BY

        if engagement:
            self.instance.add_dynamic_partitions("engagement", [engagement])
        run_id = str(uuid.uuid4())
        with alive(self.home.locks, run_id), _cause_of(Failure):
            self.definitions.resolve_job_def(job).execute_in_process(
                partition_key=build_key(engagement, month) if engagement and month else engagement,
                instance=self.instance,
                # Whoever typed the command sees it fail; Dagster's daemon need not try again.
                tags={STARTED_BY: COMMAND_LINE, "dagster/max_retries": "0"},
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                run_id=run_id,
            )

    def set_aside_damaged_records(self) -> bool:
        """Say which of Dagster's databases are damaged and put them aside; whether there were."""
        damaged = set_aside_damaged(self.home.dagster)
        if damaged:
            self.progress.say(
                f"  Dagster's records were damaged ({', '.join(damaged)}): set aside, begun anew"
            )
        return bool(damaged)

    def _with_sound_records(self, action: Callable[[], T]) -> T:
        """The result of `action`, done again with new records where the old ones are damaged."""
        try:
            return action()
        except Exception as error:
            if not (is_about_damage(error) and self.set_aside_damaged_records()):
                raise
            self.__dict__.pop("instance", None)
            return action()
