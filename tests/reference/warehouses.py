"""Warehouses of generated engagements, cheaply: dbt's compiled SQL run again in plain DuckDB.

A dbt run of the project costs seconds of dbt's own time, the SQL itself far less. One engagement
is built by dbt; the SQL that dbt compiled there is then run, in dbt's order, for each further one.
Does not belong here: what the tables should hold.
"""

import math
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

from orchestration.dbt_manifest import load_manifest
from orchestration.paths import Home
from orchestration.warehouse import PORTFOLIO, BuildInputs, build_warehouse
from tests.reference.engagements import write_engagement
from tests.reference.model_inputs import Engagement

Key = tuple[Any, ...]
Table = dict[Key, dict[str, Any]]


@dataclass(frozen=True)
class Step:
    """One model: what dbt makes of it and the SQL that fills it."""

    schema: str
    name: str
    kind: str
    sql: str


def plain(value: Any) -> Any:
    """A value of DuckDB as Python's own kind."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and math.isnan(value):
        return "NaN"
    return value


class Warehouse:
    """An open warehouse; reads whole tables as dicts by key."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "Warehouse":
        """The warehouse that dbt left in a file."""
        connection = duckdb.connect()
        connection.execute(f"attach '{path}' as warehouse (read_only)")
        return cls(connection)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of `schema.name`."""
        cursor = self._connection.execute(f"select * from warehouse.{name}")
        columns = [column[0] for column in cursor.description]
        return [
            {c: plain(v) for c, v in zip(columns, values, strict=True)}
            for values in cursor.fetchall()
        ]

    def table(self, name: str, *keys: str) -> Table:
        """The rows of `schema.name` by the values of `keys`, which must be unique."""
        rows: Table = {}
        for row in self.rows(name):
            key = tuple(row[k] for k in keys)
            assert key not in rows, f"{name}: two rows of key {key}"
            rows[key] = row
        return rows

    def close(self) -> None:
        self._connection.close()


def build_by_dbt(engagement: Engagement, folder: Path, home: Home) -> Path:
    """Build one engagement as the product does, tests included."""
    raw, enrichment = write_engagement(engagement, folder)
    warehouse = folder / "warehouse.duckdb"
    inputs = BuildInputs(raw, enrichment, engagement.engagement_id, engagement.as_of_on, "b")
    build_warehouse(warehouse, inputs, load_manifest(home))
    return warehouse


class Replay:
    """dbt's compiled project, ready to be run for any engagement."""

    def __init__(self, folder: Path) -> None:
        from tests.reference.engagements import make_engagement

        self._folder, self.home = folder, folder / "home"
        home = Home(self.home)
        self.template = build_by_dbt(make_engagement(0), folder / "template", home)
        compiled = {
            path.stem: path.read_text(encoding="utf-8")
            for path in (folder / "template" / "target" / "compiled").rglob("models/**/*.sql")
            if path.is_file()
        }
        nodes = {
            uid: node
            for uid, node in load_manifest(home).nodes.items()
            if node.resource_type == "model" and PORTFOLIO not in node.tags
        }
        order = TopologicalSorter(
            {uid: [d for d in node.depends_on.nodes if d in nodes] for uid, node in nodes.items()}
        )
        self.steps = [
            Step(n.schema, n.alias, n.config.materialized, compiled[n.name])
            for n in (nodes[uid] for uid in order.static_order())
            if n.config.materialized != "ephemeral"
        ]

    def run(self, engagement: Engagement) -> Warehouse:
        """The warehouse of `engagement`, in memory."""
        folder = self._folder / f"seed_{engagement.seed}"
        raw, enrichment = write_engagement(engagement, folder)
        connection = duckdb.connect()
        execute = connection.execute
        execute("attach ':memory:' as warehouse")
        execute(f"attach '{self.template}' as template (read_only)")
        for schema in ("raw", "enrichment", "build", "seeds"):
            execute(f"create schema warehouse.{schema}")
        for schema, source in (("raw", raw), ("enrichment", enrichment)):
            for path in source.glob("*.parquet"):
                execute(
                    f"create table warehouse.{schema}.{path.stem} as "
                    f"select * from read_parquet('{path}')"
                )
        for (name,) in execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'template' and schema_name = 'seeds'"
        ).fetchall():
            execute(f"create table warehouse.seeds.{name} as from template.seeds.{name}")
        execute("detach template")
        on: date = engagement.as_of_on
        execute(
            "create table warehouse.build.parameters as select ? as engagement_id,"
            " ?::date as as_of_on, ?::date as as_of_month, 'b' as build_id,"
            " []::varchar[] as withheld",
            [engagement.engagement_id, on, on.replace(day=1)],
        )
        execute("use warehouse")
        for step in self.steps:
            kind = "view" if step.kind == "view" else "table"
            execute(f'create schema if not exists warehouse."{step.schema}"')
            try:
                execute(
                    f'create {kind} warehouse."{step.schema}"."{step.name}" as (\n{step.sql}\n)'
                )
            except duckdb.Error as error:
                raise AssertionError(f"seed {engagement.seed}, {step.name}: {error}") from error
        return Warehouse(connection)
