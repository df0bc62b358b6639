"""One dbt build of an empty engagement; its compiled SQL is run again for each other one.

A dbt run costs seconds of dbt's own time, the SQL of a few marts far less. Does not belong here:
what the tables should hold.
"""

from collections.abc import Sequence
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from orchestration.dbt_manifest import load_manifest
from orchestration.paths import Home
from orchestration.warehouse import BuildInputs, NodeResult, build_warehouse
from tests.model.engagement_rows import ENGAGEMENT, Tables, engagement_tables, write_tables

Rows = list[dict[str, Any]]


class Marts:
    """Some models of one engagement, in memory."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take a connection whose default database holds the models."""
        self.connection = connection

    def rows(self, sql: str) -> Rows:
        """The rows of a query; tables are named by schema, as in `marts.fct_matrix`."""
        cursor = self.connection.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str) -> dict[str, Any]:
        """The only row of a query."""
        (row,) = self.rows(sql)
        return row


class Project:
    """The compiled project."""

    def __init__(self, folder: Path) -> None:
        """Build an engagement with nothing but config, as the product does."""
        home = Home(folder / "home")
        write_tables(folder, engagement_tables())
        self.warehouse = folder / "warehouse.duckdb"
        manifest = load_manifest(home)
        self.results: list[NodeResult] = build_warehouse(
            self.warehouse,
            BuildInputs(
                folder / "raw", folder / "enrichment", ENGAGEMENT, date(2026, 12, 31), "test"
            ),
            manifest,
        )
        self.models = {
            node.name: node for node in manifest.nodes.values() if node.resource_type == "model"
        }
        self._ids = {node.unique_id: name for name, node in self.models.items()}
        compiled = folder / "target" / "compiled"
        self._sql = {
            path.stem: path.read_text(encoding="utf-8")
            for path in compiled.rglob("models/**/*.sql")
            if path.is_file()
        }

    def _order(self, marts: list[str]) -> list[str]:
        parents: dict[str, list[str]] = {}
        waiting = list(marts)
        while waiting:
            name = waiting.pop()
            if name not in parents:
                depends_on = self.models[name].depends_on.nodes
                parents[name] = [self._ids[uid] for uid in depends_on if uid in self._ids]
                waiting += parents[name]
        return list(TopologicalSorter(parents).static_order())

    def run(
        self,
        tables: Tables,
        as_of_on: date,
        marts: list[str],
        threads: int | None = None,
        withheld: Sequence[str] = (),
    ) -> Marts:
        """Fill `marts` and what they need from the rows of `tables`."""
        connection = duckdb.connect(config={"threads": threads} if threads else {})
        execute = connection.execute
        execute("attach ':memory:' as warehouse")
        execute(f"attach '{self.warehouse}' as template (read_only)")
        execute("use warehouse")
        execute("set timezone = 'UTC'")
        for schema, contract in (("raw", RAW_TABLES), ("enrichment", ENRICHMENT_TABLES)):
            execute(f"create schema {schema}")
            for name, columns in contract.items():
                rows = [{"engagement_id": ENGAGEMENT, **row} for row in tables[name]]
                arrow = pa.Table.from_pylist(rows, schema=columns)
                connection.register("arrow_rows", arrow)
                execute(f"create table {schema}.{name} as from arrow_rows")
                connection.unregister("arrow_rows")
        execute("create schema seeds")
        for (name,) in execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'template' and schema_name = 'seeds'"
        ).fetchall():
            execute(f"create table seeds.{name} as from template.seeds.{name}")
        execute("create schema build")
        execute(
            "create table build.parameters as select ? as engagement_id, ?::date as as_of_on,"
            " ?::date as as_of_month, 'test' as build_id, ?::varchar[] as withheld",
            [ENGAGEMENT, as_of_on, as_of_on.replace(day=1), list(withheld)],
        )
        for name in self._order(marts):
            model = self.models[name]
            execute(f"create schema if not exists {model.schema}")
            execute(f"create table {model.schema}.{name} as (\n{self._sql[name]}\n)")
        return Marts(connection)


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The compiled project, built once."""
    return Project(tmp_path_factory.mktemp("project"))
