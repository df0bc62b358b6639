"""Eight engagements on two workers, one of them killed at work: nothing lost, nothing twice.

PostgreSQL, Redis, Dagster's daemon and Celery run for real, started by `jalon cluster`.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration.commands.cluster import postgres_data
from orchestration.paths import Home
from reports.publication import damaged_files, published_months
from tests.chaos.engagement import MONTH, write_engagement
from tests.dagster_ui import RUNS, asker, backfill, partition_of, wait

NAMES = [f"caillou-{number}" for number in range(1, 9)]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    found = Home(tmp_path)
    for name in NAMES:
        folder = found.engagement(name)
        write_engagement(folder)
        # Closed: the sensor starts nothing beside the backfill.
        with (folder / "engagement.yaml").open("a") as config:
            config.write("status: closed\n")
    yield found
    shutil.rmtree(postgres_data(found), ignore_errors=True)


@pytest.mark.chaos
@pytest.mark.timeout(1800)
def test_a_killed_worker_loses_nothing_and_doubles_nothing(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from orchestration.cli import main; main()", "cluster"]
    with (home.root / "log").open("w") as log:
        started = subprocess.Popen(
            [*command, "--port", str(port)],
            env=os.environ | {"JALON_HOME": str(home.root), "JALON_LOG": "json"},
            stderr=log,
        )
    try:
        ask = asker(port)
        wait(lambda: bool(ask("{ version }")), 600)
        keys = [f"{name}|{MONTH}" for name in NAMES]
        backfill(ask, keys)
        wait(lambda: len(published(home)) >= 2, 600)
        os.kill(workers_of(home)[0], signal.SIGKILL)
        wait(lambda: not unfinished(ask) and len(published(home)) == len(NAMES), 900)
        runs = [run for run in ask(RUNS)["runsOrError"]["results"]]
    finally:
        started.terminate()
        assert started.wait(120) == 0
    succeeded = [partition_of(run) for run in runs if run["status"] == "SUCCESS"]
    assert sorted(succeeded) == sorted(keys)  # each exactly once
    assert all(run["status"] in ("SUCCESS", "FAILURE") for run in runs)
    for name in NAMES:
        builds = list((home.published(name) / ".builds").iterdir())
        assert [build.name for build in builds] == list(
            published_months(home.published(name)).values()
        )
        assert damaged_files(builds[0]) == []


def published(home: Home) -> list[str]:
    return [name for name in NAMES if published_months(home.published(name))]


def unfinished(ask: Callable[..., Any]) -> list[str]:
    runs = ask(RUNS)["runsOrError"]["results"]
    done = {partition_of(run) for run in runs if run["status"] == "SUCCESS"}
    return [name for name in NAMES if f"{name}|{MONTH}" not in done]


def workers_of(home: Home) -> list[int]:
    """Process ids of the workers, as the log tells them."""
    lines = [line for line in (home.root / "log").read_text().splitlines() if line[:1] == "{"]
    return [told["process"] for line in lines if "worker" in (told := json.loads(line))]
