"""Dagster's event log: what a build tells, and what is stored together."""

import shutil
import time
from pathlib import Path

import pytest
from dagster import AssetKey, DagsterEventType, DagsterInstance, EventLogEntry
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage

from orchestration.event_log import KeptOpenSqliteEventLogStorage, stored_together

_RUN = "basalte"


@pytest.fixture
def ours(tmp_path: Path) -> KeptOpenSqliteEventLogStorage:
    return KeptOpenSqliteEventLogStorage(str(tmp_path))


def _told(folder: Path, run: str = _RUN) -> list[str]:
    """Messages of a run, as another process reads them."""
    stock = SqliteEventLogStorage(str(folder))
    return [entry.user_message for entry in stock.get_logs_for_run(run)]


def _event(text: str) -> EventLogEntry:
    return EventLogEntry(
        error_info=None, level=20, user_message=text, run_id=_RUN, timestamp=time.time()
    )


def test_every_model_and_test_of_a_build_is_told(
    demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo_home / "dagster", tmp_path / "dagster")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    with DagsterInstance.get() as instance:
        (run,) = [run for run in instance.get_runs() if run.job_name.startswith("build_month")]
        month = run.tags["dagster/partition"]
        everything = [entry.user_message for entry in instance.all_logs(run.run_id)]
        assert not [text for text in everything if "without gating" in text]
        told = {
            kind: [entry.get_dagster_event() for entry in instance.all_logs(run.run_id, kind)]
            for kind in DagsterEventType
        }
        planned = {
            event.asset_key for event in told[DagsterEventType.ASSET_MATERIALIZATION_PLANNED]
        }
        made = told[DagsterEventType.ASSET_MATERIALIZATION]
        checks = {
            (event.asset_check_planned_data.asset_key, event.asset_check_planned_data.check_name)
            for event in told[DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED]
        }
        judged = [
            event.asset_check_evaluation_data
            for event in told[DagsterEventType.ASSET_CHECK_EVALUATION]
        ]
        model = AssetKey(["intermediate", "int_tasks_decided"])
        assert {event.asset_key for event in made} == planned > {model}
        assert {event.partition for event in made} == {month}
        assert all(
            "dagster/partition/month" in event.step_materialization_data.materialization.tags
            for event in made
        )
        assert {(one.asset_key, one.check_name) for one in judged} == checks
        assert instance.get_materialized_partitions(model) == {month}


def test_what_is_stored_together_is_seen_at_its_end(
    ours: KeptOpenSqliteEventLogStorage, tmp_path: Path
) -> None:
    ours.store_event(_event("before"))
    with stored_together(ours, _RUN):
        ours.store_event(_event("one"))
        with stored_together(ours, _RUN):
            ours.store_event_batch([_event("two"), _event("three")])
        assert len(ours.get_logs_for_run(_RUN)) == 4
        assert _told(tmp_path) == ["before"]
    assert _told(tmp_path) == ["before", "one", "two", "three"]


def test_what_was_stored_before_an_error_stays(
    ours: KeptOpenSqliteEventLogStorage, tmp_path: Path
) -> None:
    with pytest.raises(ArithmeticError), stored_together(ours, _RUN):
        ours.store_event(_event("one"))
        raise ArithmeticError
    ours.store_event(_event("two"))
    assert _told(tmp_path) == ["one", "two"]


def test_steps_that_are_not_taken_to_their_end_keep_their_events(
    ours: KeptOpenSqliteEventLogStorage, tmp_path: Path
) -> None:
    def step() -> object:
        with stored_together(ours, _RUN):
            ours.store_event(_event("one"))
            yield
            ours.store_event(_event("never"))

    going = step()
    next(going)
    going.close()
    assert _told(tmp_path) == ["one"]
