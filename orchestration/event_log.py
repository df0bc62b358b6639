"""Dagster's event log in SQLite, with connections kept open.

A build tells Dagster of a thousand events. The stock storage opens a database several times per
event and waits for the disk at each commit, which takes longer than the build itself. This one
keeps a connection per database, remembers which tables, columns and partitions are there, begins a
run's database as a copy of an empty one, stores at once what is told together, and lets SQLite's
write-ahead log be synced at checkpoints: after a power cut the last events may be missing, the
database is whole (SQLite's documentation of `PRAGMA synchronous`). Nothing published depends on it.
Does not belong here: which rows an event gives (event_rows).
"""

import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from dagster import AssetKey
from dagster._core.events import DagsterEventType
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.base import EventLogStorage
from dagster._core.storage.event_log.schema import AssetEventTagsTable, SqlEventLogStorageTable
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, bindparam, create_engine, func, select, text
from sqlalchemy.pool import StaticPool

from orchestration.event_rows import BulkSqliteEventLogStorage
from orchestration.paths import Home

_BUSY_SECONDS = 60
_MOST_OPEN = 8

_EVENTS, _TAGS = SqlEventLogStorageTable.c, AssetEventTagsTable.c
_NEWEST = (
    select(_EVENTS.partition, func.max(_EVENTS.id).label("id"))
    .where(
        _EVENTS.asset_key == bindparam("asset"),
        _EVENTS.dagster_event_type == bindparam("type"),
        _EVENTS.partition.in_(bindparam("partitions", expanding=True)),
    )
    .group_by(_EVENTS.partition)
    .subquery()
)
_TAGS_OF_NEWEST = (
    select(_NEWEST.c.partition, _TAGS.key, _TAGS.value)
    .join_from(_NEWEST, AssetEventTagsTable, _TAGS.event_id == _NEWEST.c.id)
    .where(_TAGS.key.in_(bindparam("keys", expanding=True)))
)


def stored_together(storage: EventLogStorage) -> AbstractContextManager[None]:
    """Events that are told inside are stored at its end, or when read, where `storage` can."""
    if isinstance(storage, KeptOpenSqliteEventLogStorage):
        return storage.together()
    return nullcontext()


class KeptOpenSqliteEventLogStorage(BulkSqliteEventLogStorage):
    """The stock storage with its connections kept, the least used closed first."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """Store below `base_dir`, one database per run and an index."""
        self._lock = threading.RLock()
        self._connections: OrderedDict[str, Connection] = OrderedDict()
        self._waiting: list[EventLogEntry] | None = None
        self._known_tables: set[str] = set()
        self._known_columns: set[str] = set()
        self._known_indexes: set[str] = set()
        self._known_partitions: set[tuple[str, str]] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """No configuration: the place follows from DAGSTER_HOME."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Any
    ) -> "KeptOpenSqliteEventLogStorage":
        """Open the storage of the instance in DAGSTER_HOME."""
        home = Path(os.environ.get("DAGSTER_HOME") or Home.from_environment().dagster)
        return cls(str(home / "history" / "runs"), inst_data)

    def dispose(self) -> None:
        """Close what is open."""
        with self._lock:
            while self._connections:
                _close(self._connections.popitem()[1])
        super().dispose()

    def has_table(self, table_name: str) -> bool:
        """Whether the index has the table; one that was there stays."""
        if table_name not in self._known_tables and super().has_table(table_name):
            self._known_tables.add(table_name)
        return table_name in self._known_tables

    def has_secondary_index(self, name: str) -> bool:
        """Whether the index was migrated; what was stays so."""
        if name not in self._known_indexes and super().has_secondary_index(name):
            self._known_indexes.add(name)
        return name in self._known_indexes

    def has_asset_key_col(self, column_name: str) -> bool:
        """Whether assets have the column; asked for each event, it would read the schema."""
        if column_name not in self._known_columns and super().has_asset_key_col(column_name):
            self._known_columns.add(column_name)
        return column_name in self._known_columns

    def get_latest_tags_by_partition(
        self,
        asset_key: AssetKey,
        event_type: DagsterEventType,
        tag_keys: Sequence[str],
        asset_partitions: Sequence[str] | None = None,
        before_cursor: int | None = None,
        after_cursor: int | None = None,
    ) -> Mapping[str, Mapping[str, str]]:
        """Tags of the newest event of each partition, asked for each input of each step.

        The stock storage composes this question anew, and leaves out by time what was wiped; here a
        wiped asset's events are deleted.
        """
        if asset_partitions is None or before_cursor is not None or after_cursor is not None:
            return super().get_latest_tags_by_partition(
                asset_key, event_type, tag_keys, asset_partitions, before_cursor, after_cursor
            )
        asked = {
            "asset": asset_key.to_string(),
            "type": event_type.value,
            "partitions": asset_partitions,
            "keys": tag_keys,
        }
        tags: dict[str, dict[str, str]] = {}
        with self.index_connection() as index:
            for partition, key, value in index.execute(_TAGS_OF_NEWEST, asked):
                tags.setdefault(partition, {})[key] = value
        return tags

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Whether the partition is there. Dagster asks again for each input and output of a run."""
        key = (partitions_def_name, partition_key)
        if key not in self._known_partitions and super().has_dynamic_partition(*key):
            self._known_partitions.add(key)
        return key in self._known_partitions

    def delete_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> None:
        """Delete the partition, and forget that it was there."""
        self._known_partitions.discard((partitions_def_name, partition_key))
        super().delete_dynamic_partition(partitions_def_name, partition_key)

    def store_event_batch(self, events: Sequence[EventLogEntry]) -> None:
        """Store events: now, or with what is stored together."""
        with self._lock:
            if self._waiting is None:
                super().store_event_batch(events)
            else:
                self._waiting.extend(events)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Store what is told inside when it is read or at the end, also where that is an error."""
        with self._lock:
            if self._waiting is not None:
                yield
                return
            self._waiting = []
            try:
                yield
            finally:
                waiting, self._waiting = self._waiting, None
                self.store_event_batch(waiting)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._lock:
            if self._waiting:
                waiting, self._waiting = self._waiting, []
                super().store_event_batch(waiting)
            connection = self._connection(shard)
            with nullcontext() if connection.in_transaction() else connection.begin():
                yield connection

    def _connection(self, shard: str) -> Connection:
        connection = self._connections.get(shard)
        # A run that was deleted takes its database with it.
        if connection is not None and not Path(self.path_for_shard(shard)).exists():
            _close(self._connections.pop(shard))
            self._initialized_dbs.discard(shard)
            connection = None
        if connection is None:
            connection = self._open(shard)
            self._connections[shard] = connection
            if len(self._connections) > _MOST_OPEN:
                _close(self._connections.popitem(last=False)[1])
        self._connections.move_to_end(shard)
        return connection

    def _open(self, shard: str) -> Connection:
        path = Path(self.path_for_shard(shard))
        if not path.exists():
            _write_new(path, self._empty)
            self._initialized_dbs.add(shard)
        engine = _engine_of(self.conn_string_for_shard(shard))
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        connection = engine.connect()
        connection.execute(text("pragma journal_mode = wal"))
        connection.execute(text("pragma synchronous = normal"))
        connection.commit()
        return connection

    @cached_property
    def _empty(self) -> bytes:
        """A database with the tables of the stock storage, which it takes long to make."""
        engine = _engine_of("sqlite://")
        self._initdb(engine)
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            return driver.serialize()


def _engine_of(address: str) -> Engine:
    # One connection for all threads: the lock lets one in at a time.
    return create_engine(
        address,
        poolclass=StaticPool,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
    )


def _close(connection: Connection) -> None:
    connection.close()
    connection.engine.dispose()


def _write_new(path: Path, content: bytes) -> None:
    """Write a file whole, or leave the one that another process wrote meanwhile."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    with suppress(FileExistsError):
        os.link(temporary, path)
    temporary.unlink()
