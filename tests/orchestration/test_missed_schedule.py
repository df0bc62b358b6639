"""What the machine slept through: Dagster's own scheduler, on Jalon's instance and definitions."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dagster import DagsterInstance
from dagster._core.test_utils import create_test_daemon_workspace_context, freeze_time
from dagster._core.workspace.load_target import ModuleTarget
from dagster._scheduler.scheduler import launch_scheduled_runs

from ingestion.scaffold import new_engagement
from orchestration.launch import prepare_dagster_home
from orchestration.paths import Home

AWAKE = datetime(2026, 3, 10, 12, tzinfo=UTC)
AFTER_APRIL_MAY_AND_JUNE = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.mark.slow
def test_months_that_were_missed_are_caught_up_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    monkeypatch.setenv("JALON_HOME", str(home.root))
    monkeypatch.setenv("DAGSTER_HOME", str(home.dagster))
    for name in ("granit", "onyx"):
        new_engagement(home.engagement(name), name)
    prepare_dagster_home(home)
    with (
        DagsterInstance.get() as instance,
        create_test_daemon_workspace_context(
            ModuleTarget("orchestration.definitions", None, str(home.root), None), instance
        ) as workspace,
    ):
        instance.add_dynamic_partitions("engagement", ["granit", "onyx"])
        started: list[list[str]] = []
        for now in (AWAKE, AFTER_APRIL_MAY_AND_JUNE, AFTER_APRIL_MAY_AND_JUNE + timedelta(days=1)):
            with freeze_time(now):
                list(launch_scheduled_runs(workspace, logging.getLogger(), now, {}))
            runs = instance.get_runs()
            started.append(sorted(run.tags["dagster/partition"] for run in runs))
    assert started == [[], ["granit", "onyx"], ["granit", "onyx"]]
