"""Dagster's event log in SQLite, with connections kept open.

A build tells Dagster of eight hundred events. The stock storage opens a database several times per
event and waits for the disk at each commit, which takes longer than the build itself. This one
keeps a connection per database, remembers which tables, columns and partitions are there, commits
what comes together at once, and lets SQLite's write-ahead log be synced at checkpoints: after a
power cut the last events may be missing, the database is whole (SQLite's documentation of `PRAGMA
synchronous`). Nothing published depends on it.
Does not belong here: any change of what is stored.
"""

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.base import EventLogStorage
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import StaticPool

from orchestration.paths import Home

_BUSY_SECONDS = 60
_MOST_OPEN = 8


def stored_together(storage: EventLogStorage, run_id: str) -> AbstractContextManager[None]:
    """Events of one run that are stored inside are committed at its end, where `storage` can."""
    if isinstance(storage, KeptOpenSqliteEventLogStorage):
        return storage.one_transaction(run_id)
    return nullcontext()


class KeptOpenSqliteEventLogStorage(SqliteEventLogStorage):
    """The stock storage with its connections kept, the least used closed first."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """Store below `base_dir`, one database per run and an index."""
        self._lock = threading.RLock()
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._transactions: dict[str, Connection] = {}
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
            while self._engines:
                self._engines.popitem()[1].dispose()
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

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        # Asked for each event of an asset, it would read the schema each time.
        if column_name not in self._known_columns and super()._has_asset_key_col_on_connection(
            conn, column_name
        ):
            self._known_columns.add(column_name)
        return column_name in self._known_columns

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
        """Store events of one run."""
        with self.one_transaction(events[0].run_id):
            super().store_event_batch(events)

    @contextmanager
    def one_transaction(self, run_id: str) -> Iterator[None]:
        """Commit what is stored inside, of one run, at the end: also where it ends in an error."""
        with self._lock:
            if self._transactions:
                yield
                return
            failure: BaseException | None = None
            with self._connect(run_id) as run, self._connect(INDEX_SHARD_NAME) as index:
                self._transactions = {run_id: run, INDEX_SHARD_NAME: index}
                try:
                    yield
                except BaseException as error:  # noqa: BLE001  raised again after the commit
                    failure = error
                finally:
                    self._transactions = {}
            if failure is not None:
                raise failure

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._lock:
            if shard in self._transactions:
                yield self._transactions[shard]
                return
            with self._engine(shard).connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> Engine:
        engine = self._engines.get(shard)
        # A run that was deleted takes its database with it.
        if engine is not None and not Path(self.path_for_shard(shard)).exists():
            self._engines.pop(shard).dispose()
            self._initialized_dbs.discard(shard)
            engine = None
        if engine is None:
            engine = self._open(shard)
            self._engines[shard] = engine
            if len(self._engines) > _MOST_OPEN:
                self._engines.popitem(last=False)[1].dispose()
        self._engines.move_to_end(shard)
        return engine

    def _open(self, shard: str) -> Engine:
        # One connection for all threads: the lock lets one in at a time.
        engine = create_engine(
            self.conn_string_for_shard(shard),
            poolclass=StaticPool,
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        with engine.connect() as connection:
            connection.execute(text("pragma synchronous = normal"))
        return engine
