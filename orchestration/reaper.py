"""Runs that nobody executes any more: found by a kernel lock, ended or queued again.

A process holds the lock of a file per run that it executes. Where that lock is free, the process is
dead, however it died, or could not say that the run failed: it will never end by itself. A run that
was being started when the daemon died has no file yet.
Does not belong here: starting runs (launch), starting them again (Dagster).
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.locks import exclusive

if TYPE_CHECKING:
    from dagster import DagsterInstance, DagsterRun

_RUNS = "runs"
_CUT_SHORT = "jalon/cut_short"
# A run that takes the machine down with it is not started for ever.
_MOST_CUTS = 3


@contextmanager
def alive(locks: Path, run_id: str) -> Iterator[None]:
    """Show that this process executes the run while the block runs.

    After an error the file stays, unlocked: where the disk was full, Dagster could not write down
    that the run has ended, and it is to be seen to as one of the dead.
    """
    path = locks / _RUNS / run_id
    with exclusive(path):
        yield
        path.unlink(missing_ok=True)


def runs_of_the_dead(locks: Path) -> list[str]:
    """Ids of runs whose process died while it executed them; asks no more than the kernel."""
    return sorted(path.name for path in (locks / _RUNS).glob("*") if _is_free(path))


def end_runs_of_the_dead(
    instance: "DagsterInstance", locks: Path, is_daemon_down: bool = False
) -> int:
    """See to each unfinished run whose process is dead; returns how many.

    One that the daemon started is queued again under its own name, so that its backfill goes on;
    one from the command line, and one that was cut too often, is reported as failed.

    Args:
        instance: Dagster's records.
        locks: the folder that was given to `alive`.
        is_daemon_down: nobody is starting runs, so those that are said to be under way, but have
            never been shown alive, never will be.
    """
    from dagster import DagsterRunStatus

    from orchestration.sensors import COMMAND_LINE, STARTED_BY

    finished = {DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED}
    ended = 0
    never_begun = _never_shown_alive(instance, locks) if is_daemon_down else []
    for run_id in [*runs_of_the_dead(locks), *never_begun]:
        run = instance.get_run_by_id(run_id)
        if run is not None and run.status not in finished:
            cuts = int(run.tags.get(_CUT_SHORT, 0)) + 1
            if run.tags.get(STARTED_BY) == COMMAND_LINE or cuts > _MOST_CUTS:
                instance.report_run_failed(run, "this run was cut short; run it again")
            else:
                instance.add_run_tags(run_id, {_CUT_SHORT: str(cuts)})
                _queue_again(instance, run)
            ended += 1
        (locks / _RUNS / run_id).unlink(missing_ok=True)
    return ended


def _never_shown_alive(instance: "DagsterInstance", locks: Path) -> list[str]:
    from dagster import DagsterRunStatus, RunsFilter

    under_way = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED]
    runs = instance.get_runs(RunsFilter(statuses=under_way))
    return [run.run_id for run in runs if not (locks / _RUNS / run.run_id).exists()]


def _queue_again(instance: "DagsterInstance", run: "DagsterRun") -> None:
    from dagster import DagsterEvent, DagsterEventType

    told = "this run was cut short; queued again"
    event = DagsterEvent(DagsterEventType.PIPELINE_ENQUEUED.value, run.job_name, message=told)
    instance.report_dagster_event(event, run.run_id)


def _is_free(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # held, or gone meanwhile
        return False
    return True
