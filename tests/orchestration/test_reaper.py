"""Runs that ended without Dagster hearing of it: by a kill, or on a disk that was full."""

from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster._core.remote_origin import (
    RegisteredCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.test_utils import create_run_for_test

from orchestration.reaper import alive, end_runs_of_the_dead, runs_of_the_dead
from orchestration.sensors import COMMAND_LINE, STARTED_BY

# Where a daemon finds the job; Dagster queues no run without.
_ORIGIN = RemoteJobOrigin(
    RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("quarry"), "__repository__"), "cut"
)


def started(instance: DagsterInstance) -> DagsterRun:
    return create_run_for_test(
        instance, status=DagsterRunStatus.STARTED, tags={STARTED_BY: COMMAND_LINE}
    )


def test_a_run_that_could_not_say_that_it_failed_is_ended(tmp_path: Path) -> None:
    with DagsterInstance.ephemeral() as instance:
        run = started(instance)
        with pytest.raises(OSError, match="full"), alive(tmp_path, run.run_id):
            raise OSError("the disk is full")
        assert end_runs_of_the_dead(instance, tmp_path) == 1
        ended = instance.get_run_by_id(run.run_id)
        assert ended is not None
        assert ended.status == DagsterRunStatus.FAILURE
        assert runs_of_the_dead(tmp_path) == []


def test_a_run_that_lives_or_has_ended_is_left_alone(tmp_path: Path) -> None:
    with DagsterInstance.ephemeral() as instance:
        with alive(tmp_path, started(instance).run_id):
            assert end_runs_of_the_dead(instance, tmp_path) == 0
        assert runs_of_the_dead(tmp_path) == []


def test_a_run_that_was_being_started_is_queued_again_where_no_daemon_is_left(
    tmp_path: Path,
) -> None:
    """Dagster itself waits for three minutes, and says then that the run has failed."""
    with DagsterInstance.ephemeral() as instance:
        run = create_run_for_test(
            instance, status=DagsterRunStatus.STARTING, remote_job_origin=_ORIGIN
        )
        with alive(tmp_path, started(instance).run_id):
            assert end_runs_of_the_dead(instance, tmp_path) == 0
            assert end_runs_of_the_dead(instance, tmp_path, is_daemon_down=True) == 1
        queued = instance.get_run_by_id(run.run_id)
        assert queued is not None
        assert queued.status == DagsterRunStatus.QUEUED
