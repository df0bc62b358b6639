"""After SIGKILL of everything, `jalon serve` ends what was running and does it again by itself."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import Home
from reports.publication import damaged_files, published_months
from tests.chaos.engagement import MONTH, NAME, add_late_export, write_engagement
from tests.dagster_ui import RUNS, asker, backfill, served, wait

_PATIENCE = 300
_REBOOTS = int(os.environ.get("JALON_REBOOTS", "1"))
# The long form also cuts runs that are just being started.
_MOMENTS = ({"STARTED"}, {"STARTING", "STARTED"})


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.timeout(_REBOOTS * 2 * _PATIENCE)
def test_a_run_cut_by_a_reboot_is_done_again_with_nobody_there(tmp_path: Path) -> None:
    home = Home(tmp_path)
    write_engagement(home.engagement(NAME))
    # Closed: no sensor starts anything, what is published was the backfill's.
    config = home.engagement(NAME) / "engagement.yaml"
    config.write_text(config.read_text() + "status: closed\n")
    before = ""
    for number in range(_REBOOTS):
        add_late_export(home.engagement(NAME), number)
        _cut_a_run_short(home, _MOMENTS[number % 2])
        before = _see_it_done_again(home, before)


def _cut_a_run_short(home: Home, moments: set[str]) -> None:
    """Start a build from the UI, and take everything down once it is in one of these states."""
    with served(home) as port:
        ask = asker(port)
        wait(lambda: bool(ask("{ version }")), _PATIENCE)
        backfill(ask, [f"{NAME}|{MONTH}"])
        wait(lambda: bool(statuses(ask) & moments), _PATIENCE)
        print(f"cut short when {statuses(ask) & moments}")


def _see_it_done_again(home: Home, before: str) -> str:
    """Serve, do nothing, and return the build that is published then."""
    started = time.monotonic()
    with served(home) as port:
        ask = asker(port)
        wait(lambda: current(home) not in {"", before}, _PATIENCE)
        print(f"published {time.monotonic() - started:.0f} s after the reboot")
        wait(lambda: statuses(ask) == {"SUCCESS"}, _PATIENCE)
    assert damaged_files(home.published(NAME) / ".builds" / current(home)) == []
    return current(home)


def current(home: Home) -> str:
    return published_months(home.published(NAME)).get(MONTH, "")


def statuses(ask: Callable[..., Any]) -> set[str]:
    return {run["status"] for run in ask(RUNS)["runsOrError"]["results"]}
