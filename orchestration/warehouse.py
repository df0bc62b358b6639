"""Build one warehouse: a DuckDB file that dbt fills from one snapshot of input tables.

Belongs here: opening the inputs to dbt and running dbt in this process. A build's parameters
(engagement, as-of month) are a table, so that dbt's parsed project serves every build.
Does not belong here: any formula (dbt_project), any Dagster asset.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from orchestration.paths import DBT_PROJECT


class WarehouseError(RuntimeError):
    """dbt did not finish; the message names the failing nodes."""


@dataclass(frozen=True)
class BuildInputs:
    """What one build reads; together with the code it decides every published value.

    Attributes:
        raw: snapshot folder of raw tables.
        enrichment: folder of enrichment tables.
        engagement_id: the engagement.
        as_of_on: last day of the month as of which the build looks.
        build_id: content-derived name of the build.
    """

    raw: Path
    enrichment: Path
    engagement_id: str
    as_of_on: date
    build_id: str


def open_inputs(warehouse: Path, inputs: BuildInputs) -> None:
    """Create `warehouse` with the schemas raw, enrichment (views) and build (one-row table)."""
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    warehouse.unlink(missing_ok=True)
    with duckdb.connect(str(warehouse)) as connection:
        for schema, folder, tables in (
            ("raw", inputs.raw, RAW_TABLES),
            ("enrichment", inputs.enrichment, ENRICHMENT_TABLES),
        ):
            connection.execute(f"create schema {schema}")
            for table in tables:
                path = str(folder.resolve() / f"{table}.parquet").replace("'", "''")
                connection.execute(
                    f"create view {schema}.{table} as select * from read_parquet('{path}')"
                )
        parameters = pa.table(
            {
                "engagement_id": [inputs.engagement_id],
                "as_of_on": pa.array([inputs.as_of_on], pa.date32()),
                "as_of_month": pa.array([inputs.as_of_on.replace(day=1)], pa.date32()),
                "build_id": [inputs.build_id],
            }
        )
        connection.register("parameters_rows", parameters)
        connection.execute("create schema build")
        connection.execute("create table build.parameters as select * from parameters_rows")


def run_dbt(warehouse: Path, arguments: Sequence[str]) -> None:
    """Run one dbt command against `warehouse` in this process.

    Raises:
        WarehouseError: naming what failed.
    """
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    os.environ["JALON_WAREHOUSE"] = str(warehouse)
    try:
        result = dbtRunner().invoke(
            [
                *arguments,
                f"--project-dir={DBT_PROJECT}",
                f"--profiles-dir={DBT_PROJECT}",
                "--no-version-check",
                "--quiet",
            ]
        )
    finally:
        DuckDBConnectionManager.close_all_connections()
    if result.exception:
        raise WarehouseError(str(result.exception)) from result.exception
    failed = _failures(result.result)
    if failed or not result.success:
        raise WarehouseError("; ".join(failed) or "dbt failed")


def build_warehouse(warehouse: Path, inputs: BuildInputs, select: Iterable[str] = ()) -> None:
    """Open `inputs` and build every seed and model, with data tests, without unit tests."""
    open_inputs(warehouse, inputs)
    selection = [f"--select={' '.join(select)}"] if select else []
    run_dbt(warehouse, ["build", "--exclude-resource-type=unit_test", *selection])


def _failures(result: object) -> list[str]:
    return [
        f"{run.node.name}: {run.message}"
        for run in getattr(result, "results", None) or []
        if str(run.status) in {"error", "fail", "runtime error"}
    ]
