"""Dagster's event log in SQLite, written many events at a time.

The stock storage composes and runs half a dozen statements for each event. This one writes the same
rows with one prepared statement per table, for however many events.
Does not belong here: connections and what is told together (event_log).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from dagster._core.events import (
    ASSET_CHECK_EVENTS,
    ASSET_EVENTS,
    EVENT_TYPE_TO_PIPELINE_RUN_STATUS,
    DagsterEventType,
)
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.storage.event_log.schema import (
    AssetCheckExecutionsTable,
    AssetKeyTable,
    SqlEventLogStorageTable,
)
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage
from sqlalchemy import Connection, bindparam, func
from sqlalchemy.dialects.sqlite import insert

# What is asked of all runs stands in the index too.
_INDEXED = ASSET_EVENTS | ASSET_CHECK_EVENTS | set(EVENT_TYPE_TO_PIPELINE_RUN_STATUS)

_EVENTS = SqlEventLogStorageTable.insert()
_EVENTS_WITH_IDS = _EVENTS.returning(SqlEventLogStorageTable.c.id, sort_by_parameter_order=True)

_LATEST = ("last_materialization", "last_run_id", "last_materialization_timestamp")
_LATEST_OF_ASSETS = insert(AssetKeyTable)
_LATEST_OF_ASSETS = _LATEST_OF_ASSETS.on_conflict_do_update(
    index_elements=[AssetKeyTable.c.asset_key],
    set_={
        name: func.coalesce(_LATEST_OF_ASSETS.excluded[name], AssetKeyTable.c[name])
        for name in _LATEST
    },
)

_CHECKS = AssetCheckExecutionsTable.c
_CHECKS_PLANNED = AssetCheckExecutionsTable.insert()
_CHECKS_JUDGED = AssetCheckExecutionsTable.update().where(
    _CHECKS.asset_key == bindparam("of_asset"),
    _CHECKS.check_name == bindparam("of_check"),
    _CHECKS.run_id == bindparam("of_run"),
    _CHECKS.partition.is_not_distinct_from(bindparam("of_partition")),
)


class _Stored(NamedTuple):
    entry: EventLogEntry
    row: dict[str, Any]
    id: int


class BulkSqliteEventLogStorage(SqliteEventLogStorage):
    """The stock storage, with the same rows written in bulk."""

    def store_event(self, event: EventLogEntry) -> None:
        """Store one event."""
        self.store_event_batch([event])

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store events in their order."""
        for run_id, of_run in groupby(events, lambda event: event.run_id):
            entries = [(event, self._event_to_row(event)) for event in of_run]
            indexed = [(event, row) for event, row in entries if _kind(event) in _INDEXED]
            with self.run_connection(run_id) as run:
                run.execute(_EVENTS, [row for _, row in entries])
                if indexed:
                    with self.index_connection() as index:
                        self._store_in_index(index, indexed)

    def _store_in_index(
        self, index: Connection, entries: Sequence[tuple[EventLogEntry, dict[str, Any]]]
    ) -> None:
        ids = index.execute(_EVENTS_WITH_IDS, [row for _, row in entries]).scalars().all()
        stored = [_Stored(*entry, id_) for entry, id_ in zip(entries, ids, strict=True)]
        assets = [one for one in stored if _kind(one.entry) in ASSET_EVENTS]
        self._store_asset_event_tags(index, [a.entry for a in assets], [a.id for a in assets])
        if latest := list(self._latest_of_assets(assets)):
            index.execute(_LATEST_OF_ASSETS, latest)
        if planned := list(_planned_checks(stored)):
            index.execute(_CHECKS_PLANNED, planned)
        self._store_judged_checks(index, stored)

    def _latest_of_assets(self, assets: Iterable[_Stored]) -> Iterable[dict[str, Any]]:
        latest: dict[str, dict[str, Any]] = {}
        for entry, row, id_ in assets:
            key = row["asset_key"]
            if key and (values := self._get_asset_entry_values(entry, id_, True)):
                latest.setdefault(key, dict.fromkeys(_LATEST) | {"asset_key": key}).update(values)
        return latest.values()

    def _store_judged_checks(self, index: Connection, stored: Iterable[_Stored]) -> None:
        judged = [s for s in stored if _kind(s.entry) == DagsterEventType.ASSET_CHECK_EVALUATION]
        rows = [_judged_check(one) for one in judged]
        if not rows or index.execute(_CHECKS_JUDGED, rows).rowcount == len(rows):
            return
        # Some were not planned, which is seldom: the stock storage inserts them.
        for one in judged:
            self.store_asset_check_event(one.entry, one.id)


def _kind(event: EventLogEntry) -> DagsterEventType | None:
    return event.dagster_event_type


def _planned_checks(stored: Iterable[_Stored]) -> Iterator[dict[str, Any]]:
    for entry, row, id_ in stored:
        if _kind(entry) != DagsterEventType.ASSET_CHECK_EVALUATION_PLANNED:
            continue
        planned = entry.get_dagster_event().asset_check_planned_data
        partitions = planned.partitions_subset
        for partition in partitions.get_partition_keys() if partitions else [None]:
            yield {
                "asset_key": planned.asset_key.to_string(),
                "check_name": planned.check_name,
                "partition": partition,
                "run_id": entry.run_id,
                "execution_status": AssetCheckExecutionRecordStatus.PLANNED.value,
            } | _evaluation(row, id_)


def _judged_check(one: _Stored) -> dict[str, Any]:
    status = AssetCheckExecutionRecordStatus
    evaluation = one.entry.get_dagster_event().asset_check_evaluation_data
    target = evaluation.target_materialization_data
    return {
        "of_asset": evaluation.asset_key.to_string(),
        "of_check": evaluation.check_name,
        "of_run": one.entry.run_id,
        "of_partition": evaluation.partition,
        "execution_status": (status.SUCCEEDED if evaluation.passed else status.FAILED).value,
        "materialization_event_storage_id": target.storage_id if target else None,
    } | _evaluation(one.row, one.id)


def _evaluation(row: dict[str, Any], id_: int) -> dict[str, Any]:
    return {
        "evaluation_event": row["event"],
        "evaluation_event_timestamp": row["timestamp"],
        "evaluation_event_storage_id": id_,
    }
