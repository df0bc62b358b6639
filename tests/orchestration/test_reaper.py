"""Runs that ended without Dagster hearing of it: by a kill, or on a disk that was full."""

from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster._core.test_utils import create_run_for_test

from orchestration.reaper import alive, end_runs_of_the_dead, runs_of_the_dead
from orchestration.sensors import COMMAND_LINE, STARTED_BY


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
