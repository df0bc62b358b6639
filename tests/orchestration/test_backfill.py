"""Backfills as the UI launches them: a month of one engagement, a year of one, a month of all."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import Home
from reports.publication import published_months
from tests.chaos.engagement import MONTH, NAME, write_engagement
from tests.dagster_ui import FAILURES, RUNS, asker, backfill, partition_of, served, wait

_OTHER, _BROKEN = "carriere-rouge", "carriere-verte"
_YEAR = [f"2026-{month:02}" for month in range(1, 11)]  # as far as it has gone
_PATIENCE = 900


@pytest.mark.slow
@pytest.mark.timeout(2 * _PATIENCE)
def test_a_month_a_year_and_all_engagements_are_backfilled(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for name in (NAME, _OTHER, _BROKEN):
        write_engagement(home.engagement(name))
        # Closed: no sensor starts anything beside the backfills.
        config = home.engagement(name) / "engagement.yaml"
        config.write_text(config.read_text().replace(NAME, name) + "status: closed\n")
    roster = home.engagement(_BROKEN) / "roster.csv"
    roster.write_text(roster.read_text().replace(",taille,", ",tailles,", 1))
    with served(home) as port:
        ask = asker(port)
        wait(lambda: bool(ask("{ version }")), _PATIENCE)
        _finish(ask, [f"{NAME}|{MONTH}"])
        first = published_months(home.published(NAME))
        assert list(first) == [MONTH]
        _finish(ask, [f"{NAME}|{month}" for month in _YEAR])
        year = published_months(home.published(NAME))
        assert sorted(year) == _YEAR
        assert year[MONTH] == first[MONTH]  # nothing changed: nothing new
        told = _finish(ask, [f"{name}|{MONTH}" for name in (NAME, _OTHER, _BROKEN)])
    assert list(published_months(home.published(_OTHER))) == [MONTH]
    assert published_months(home.published(_BROKEN)) == {}
    (message,) = {text for texts in told.values() for text in texts}
    assert list(told) == [f"{_BROKEN}|{MONTH}"]
    assert "roster.csv" in message and "tailles" in message and "taille" in message


def _finish(ask: Callable[..., Any], keys: list[str]) -> dict[str, list[str]]:
    """Backfill and wait; what the UI says of each partition that failed."""
    known = {run["runId"] for run in _runs(ask)}
    backfill(ask, keys)

    def new() -> list[dict[str, Any]]:
        return [run for run in _runs(ask) if run["runId"] not in known]

    wait(
        lambda: (
            Counter(partition_of(run) for run in new()) == Counter(keys)
            and {run["status"] for run in new()} <= {"SUCCESS", "FAILURE"}
        ),
        _PATIENCE,
    )
    failed = [run for run in new() if run["status"] == "FAILURE"]
    return {partition_of(run): _told(ask, run["runId"]) for run in failed}


def _runs(ask: Callable[..., Any]) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = ask(RUNS)["runsOrError"]["results"]
    return runs


def _told(ask: Callable[..., Any], run: str) -> list[str]:
    events = ask(FAILURES, run=run)["runOrError"]["eventConnection"]["events"]
    return [event["failureMetadata"]["description"] for event in events if event]
