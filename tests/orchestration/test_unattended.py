"""What runs by itself: changed folders that went quiet, engagements added or closed, months."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest
from dagster import (
    AssetSelection,
    DagsterInstance,
    RunRequest,
    SensorResult,
    build_schedule_context,
    build_sensor_context,
    define_asset_job,
)

from ingestion.scaffold import new_engagement
from orchestration.partitions import build_key, engagement_months
from orchestration.paths import Home
from orchestration.schedules import monthly_refresh
from orchestration.sensors import QUIET_SECONDS, inbox_sensor

REFRESH = define_asset_job("refresh_inputs", AssetSelection.all())


@dataclass
class Watch:
    """The sensor, asked again and again while the clock is moved by hand."""

    home: Home
    instance: DagsterInstance
    clock: list[float]
    cursor: str | None = None

    def look(self, after_seconds: float) -> list[str]:
        """The engagements whose run the sensor starts now; partitions are added as asked for."""
        self.clock[0] += after_seconds
        context = build_sensor_context(instance=self.instance, cursor=self.cursor)
        result = inbox_sensor(REFRESH)(context)
        assert isinstance(result, SensorResult)
        self.cursor = result.cursor
        for request in result.dynamic_partitions_requests or []:
            self.instance.add_dynamic_partitions("engagement", list(request.partition_keys))
        keys = [str(request.run_key) for request in result.run_requests or []]
        assert len(set(keys)) == len(keys)
        return sorted(str(request.partition_key) for request in result.run_requests or [])

    def known(self) -> set[str]:
        """Partitions that Dagster knows."""
        return set(self.instance.get_dynamic_partitions("engagement"))


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """The sensor over one new engagement, `granit`, read once already."""
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    clock = [1_800_000_000.0]
    monkeypatch.setattr("orchestration.sensors.time.time", lambda: clock[0])
    home = Home(tmp_path)
    new_engagement(home.engagement("granit"), "granit")
    with DagsterInstance.ephemeral() as instance:
        watch = Watch(home, instance, clock)
        assert watch.look(0) == []
        assert watch.look(QUIET_SECONDS) == ["granit"]
        yield watch


def _timesheet(home: Home, text: str) -> Path:
    path = home.engagement("granit") / "inbox" / "timesheets" / "export.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_unchanged_folder_starts_nothing(watch: Watch) -> None:
    assert watch.look(30) == []
    assert watch.look(100_000) == []


def test_an_inbox_being_filled_waits_until_it_is_quiet(watch: Watch) -> None:
    for size in range(1, 6):
        path = _timesheet(watch.home, "x" * size)
        # Copies may keep the times of the original: they tell nothing of how old the copy is.
        os.utime(path, (1_000_000_000, 1_000_000_000))
        assert watch.look(QUIET_SECONDS / 2) == []
    assert watch.look(QUIET_SECONDS / 2) == []
    assert watch.look(QUIET_SECONDS / 2) == ["granit"]
    assert watch.look(QUIET_SECONDS) == []


def test_a_folder_that_comes_back_to_an_earlier_state_is_read_again(watch: Watch) -> None:
    path = _timesheet(watch.home, "a")
    watch.look(1)
    assert watch.look(QUIET_SECONDS) == ["granit"]
    path.unlink()
    watch.look(1)
    assert watch.look(QUIET_SECONDS) == ["granit"]


def test_a_clock_that_is_set_back_delays_and_loses_nothing(watch: Watch) -> None:
    _timesheet(watch.home, "a")
    watch.look(1)
    assert watch.look(-86_400) == []
    assert watch.look(QUIET_SECONDS) == ["granit"]


def test_an_engagement_is_added_and_another_closed_without_a_restart(watch: Watch) -> None:
    new_engagement(watch.home.engagement("onyx"), "onyx")
    assert watch.look(1) == []
    assert watch.known() == {"granit", "onyx"}
    assert watch.look(QUIET_SECONDS) == ["onyx"]
    config = watch.home.engagement("granit") / "engagement.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text + "\nstatus: closed\n", encoding="utf-8")
    watch.look(1)
    assert watch.look(QUIET_SECONDS) == []
    assert _monthly(datetime(2026, 4, 2, 5, tzinfo=UTC)) == ["onyx"]


def test_the_schedule_refreshes_each_engagement_once_a_month(watch: Watch) -> None:
    assert _monthly(datetime(2026, 3, 2, 5, tzinfo=UTC)) == ["granit"]


def _monthly(at: datetime) -> list[str]:
    context = build_schedule_context(scheduled_execution_time=at)
    evaluate = cast(Callable[..., Iterator[RunRequest]], monthly_refresh(REFRESH))
    return [str(request.partition_key) for request in evaluate(context)]


def test_the_month_of_any_engagement_is_a_partition_of_its_own(watch: Watch) -> None:
    keys = engagement_months.get_partition_keys(
        current_time=datetime(2026, 4, 10, tzinfo=UTC), dynamic_partitions_store=watch.instance
    )
    assert build_key("granit", "2026-04") in keys
    assert str(build_key("granit", "2026-04")) == "granit|2026-04"
