"""Dagster's event log: what a build tells, and what is stored together."""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from dagster import (
    AssetCheckEvaluation,
    AssetCheckResult,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetExecutionContext,
    AssetKey,
    AssetObservation,
    DagsterEventType,
    DagsterInstance,
    EventLogEntry,
    MaterializeResult,
    StaticPartitionsDefinition,
    asset,
    materialize,
)
from dagster._core.definitions.data_version import DATA_VERSION_TAG
from dagster._core.events import ASSET_CHECK_EVENTS
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage

from orchestration.event_log import KeptOpenSqliteEventLogStorage, stored_together

_RUN = "basalte"
_TOLD_OF_ASSETS = {
    DagsterEventType.ASSET_MATERIALIZATION,
    DagsterEventType.ASSET_MATERIALIZATION_PLANNED,
    DagsterEventType.ASSET_OBSERVATION,
}
_CLOCK = {"create_timestamp", "migration_completed"}

Way = Callable[[SqliteEventLogStorage, list[EventLogEntry]], None]


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


class _KeepsOneEmpty(KeptOpenSqliteEventLogStorage):
    """While it makes ready to begin a run, another process begins the same."""

    def __init__(self, folder: Path, theirs: EventLogEntry) -> None:
        super().__init__(str(folder))
        self._theirs = theirs

    @property
    def _empty(self) -> bytes:
        SqliteEventLogStorage(self._base_dir).store_event(self._theirs)
        return super()._empty


_granit = StaticPartitionsDefinition(["granit"])


@asset(
    partitions_def=_granit,
    check_specs=[
        AssetCheckSpec("passes", asset="stone"),
        AssetCheckSpec("warns", asset="stone"),
        AssetCheckSpec("by_partition", asset="stone", partitions_def=_granit),
    ],
)
def stone(context: AssetExecutionContext) -> Iterator[MaterializeResult[None] | AssetCheckResult]:
    context.log_event(AssetObservation("quarry", tags={"dagster/data_version": "1"}))
    context.log_event(AssetCheckEvaluation(AssetKey("quarry"), "was_not_planned", True, {}))
    yield MaterializeResult(metadata={"weight": 1})
    yield AssetCheckResult(check_name="passes", passed=True)
    yield AssetCheckResult(check_name="warns", passed=False, severity=AssetCheckSeverity.WARN)
    yield AssetCheckResult(check_name="by_partition", passed=True)


@asset(deps=[stone], partitions_def=_granit)
def wall() -> None: ...


def _entries_of_a_job() -> list[EventLogEntry]:
    """What two runs of a job tell, the second of what the first has made."""
    with DagsterInstance.ephemeral() as instance:
        run = materialize([stone, wall], instance=instance, partition_key="granit").run_id
        again = materialize([stone, wall], instance=instance, partition_key="granit").run_id
        return [*instance.all_logs(run), _event("between"), *instance.all_logs(again)]


def _one_by_one(storage: SqliteEventLogStorage, entries: list[EventLogEntry]) -> None:
    for entry in entries:
        storage.store_event(entry)


def _as_a_batch(storage: SqliteEventLogStorage, entries: list[EventLogEntry]) -> None:
    storage.store_event_batch(entries)


def _together(storage: SqliteEventLogStorage, entries: list[EventLogEntry]) -> None:
    with stored_together(storage):
        _one_by_one(storage, entries)


def _database(folder: Path, shard: str) -> dict[str, object]:
    """Tables, indexes and rows of a database, but for the times at which they were written."""
    with closing(sqlite3.connect(folder / f"{shard}.db")) as database:
        database.row_factory = sqlite3.Row
        schema = database.execute("select name, sql from sqlite_master order by name").fetchall()
        rows = {
            name: [
                {k: v for k, v in zip(row.keys(), row, strict=True) if k not in _CLOCK}
                for row in database.execute(f'select * from "{name}" order by rowid')
            ]
            for (name,) in database.execute("select name from sqlite_master where type = 'table'")
        }
        mode = database.execute("pragma journal_mode").fetchone()[0]
    return {"mode": mode, "schema": [tuple(row) for row in schema], **rows}


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
        assert not [text for text in everything if "expected outputs" in text]
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
        assert {one.target_materialization_data.run_id for one in judged} == {run.run_id}
        assert instance.get_materialized_partitions(model) == {month}


@pytest.mark.parametrize("way", [_one_by_one, _as_a_batch, _together])
def test_the_same_rows_as_the_stock_storage(tmp_path: Path, way: Way) -> None:
    entries = _entries_of_a_job()
    stock = SqliteEventLogStorage(str(tmp_path / "stock"))
    ours = KeptOpenSqliteEventLogStorage(str(tmp_path / "ours"))
    for entry in entries:
        stock.store_event(entry)
    way(ours, entries)
    kinds = {entry.dagster_event_type for entry in entries}
    assert kinds > {*ASSET_CHECK_EVENTS, *_TOLD_OF_ASSETS, DagsterEventType.RUN_SUCCESS}
    for shard in ("index", entries[0].run_id):
        assert _database(tmp_path / "ours", shard) == _database(tmp_path / "stock", shard)


def test_the_same_tags_as_the_stock_storage(tmp_path: Path) -> None:
    ours = KeptOpenSqliteEventLogStorage(str(tmp_path))
    stock = SqliteEventLogStorage(str(tmp_path))
    ours.store_event_batch(_entries_of_a_job())
    made = DagsterEventType.ASSET_MATERIALIZATION
    for key in (stone.key, wall.key):
        asked = key, made, [DATA_VERSION_TAG], ["granit", "unknown"]
        told = ours.get_latest_tags_by_partition(*asked)
        assert told == stock.get_latest_tags_by_partition(*asked)
        assert list(told) == ["granit"]
        assert ours.get_latest_tags_by_partition(*asked[:3]) == told
        stock.wipe_asset(key)
        assert ours.get_latest_tags_by_partition(*asked) == {}


def test_what_is_told_together_is_stored_when_it_is_read(
    ours: KeptOpenSqliteEventLogStorage, tmp_path: Path
) -> None:
    ours.store_event(_event("before"))
    with stored_together(ours):
        ours.store_event(_event("one"))
        with stored_together(ours):
            ours.store_event_batch([_event("two"), _event("three")])
        assert _told(tmp_path) == ["before"]
        assert len(ours.get_logs_for_run(_RUN)) == 4
        ours.store_event(_event("four"))
    assert _told(tmp_path) == ["before", "one", "two", "three", "four"]


def test_a_run_that_another_process_began_is_kept(tmp_path: Path) -> None:
    _KeepsOneEmpty(tmp_path, _event("theirs")).store_event(_event("ours"))
    assert _told(tmp_path) == ["theirs", "ours"]
    assert [path.name for path in tmp_path.glob(f"{_RUN}*.*[0-9]")] == []


def test_what_was_stored_before_an_error_stays(
    ours: KeptOpenSqliteEventLogStorage, tmp_path: Path
) -> None:
    with pytest.raises(ArithmeticError), stored_together(ours):
        ours.store_event(_event("one"))
        raise ArithmeticError
    ours.store_event(_event("two"))
    assert _told(tmp_path) == ["one", "two"]


def test_steps_that_are_not_taken_to_their_end_keep_their_events(
    ours: KeptOpenSqliteEventLogStorage, tmp_path: Path
) -> None:
    def step() -> object:
        with stored_together(ours):
            ours.store_event(_event("one"))
            yield
            ours.store_event(_event("never"))

    going = step()
    next(going)
    going.close()
    assert _told(tmp_path) == ["one"]
