"""Runs on several machines: a Celery app for the workers, and the launcher that hands runs to them.

A worker is `celery -A orchestration.cluster worker`. Runs may be handed over twice, by Celery or
after a worker was taken for dead: builds are named by content and guarded by kernel locks, so the
second one finds the first one's work. Does not belong here: starting processes (commands.cluster).
"""

import os
from collections.abc import Callable, Mapping
from typing import Any

from celery import Celery
from dagster import DagsterRun
from dagster._core.launcher import CheckRunHealthResult, WorkerStatus
from dagster_celery.config import DEFAULT_CONFIG
from dagster_celery.launcher import CeleryRunLauncher
from dagster_celery.make_app import make_app
from dagster_celery.tags import DAGSTER_CELERY_TASK_ID_TAG
from dagster_celery.tasks import create_execute_job_task

_ANSWER_SECONDS = 10.0
# A run is kept by its worker until it ends, longer than the longest run is allowed to take.
_CONFIG: Mapping[str, Any] = DEFAULT_CONFIG | {
    "result_extended": True,
    "task_acks_late": True,
    "worker_prefetch_multiplier": 1,
    "broker_transport_options": {"visibility_timeout": 4 * 3600},
    "broker_connection_retry_on_startup": True,
}


class WatchedCeleryRunLauncher(CeleryRunLauncher):
    """Dagster's Celery launcher, which also notices that a whole worker is gone."""

    def __init__(self, config_source: dict[str, Any] | None = None, **options: Any) -> None:
        """Take the options of Dagster's launcher; see its documentation."""
        super().__init__(config_source={**_CONFIG, **(config_source or {})}, **options)

    @property
    def supports_resume_run(self) -> bool:
        """False: a run of one process is started anew, not resumed."""
        return False

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Failed too where the worker that had begun the run does not answer any more."""
        health = super().check_run_worker_health(run)
        if health.status is not WorkerStatus.RUNNING:
            return health
        worker = self.celery.AsyncResult(run.tags[DAGSTER_CELERY_TASK_ID_TAG]).worker
        if self.celery.control.ping(destination=[worker], timeout=_ANSWER_SECONDS):
            return health
        return CheckRunHealthResult(WorkerStatus.FAILED, f"The worker {worker} does not answer.")


def celery_app() -> Celery:
    """The app of a worker, which executes whole runs."""
    broker = os.environ.get("JALON_BROKER", "redis://127.0.0.1:6379/0")
    make: Callable[[dict[str, Any]], Celery] = make_app  # untyped in its library
    app = make({"broker": broker, "backend": broker, "config_source": dict(_CONFIG)})
    create_execute_job_task(app)
    return app


app = celery_app()
