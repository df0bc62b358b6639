"""Build one warehouse: a DuckDB file that dbt fills from one snapshot of input tables.

Belongs here: opening the inputs to dbt and running dbt in this process. A build's parameters
(engagement, as-of month) are a table, so that dbt's parsed project serves every build.
Does not belong here: any formula (dbt_project), any Dagster asset.
"""

import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from orchestration.paths import DBT_PROJECT

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

# dbt's tag of the models over all engagements.
PORTFOLIO = "portfolio"
FAILED = {"error", "fail", "runtime error"}
# Most of a build's 140 tables are small, and each takes a block at least: half the file.
_BLOCK_BYTES = 2**16


class WarehouseError(RuntimeError):
    """dbt could not run; the message says why."""


@dataclass(frozen=True)
class BuildInputs:
    """What one build reads; together with the code it decides every published value.

    Attributes:
        raw: snapshot folder of raw tables.
        enrichment: folder of enrichment tables.
        engagement_id: the engagement.
        as_of_on: last day of the month as of which the build looks.
        build_id: content-derived name of the build.
        withheld: what it does not show besides what its rules name (dbt's stg_build__withheld).
    """

    raw: Path
    enrichment: Path
    engagement_id: str
    as_of_on: date
    build_id: str
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class NodeResult:
    """What became of one dbt node (model, seed or test)."""

    unique_id: str
    name: str
    status: str
    seconds: float
    message: str

    @property
    def has_failed(self) -> bool:
        """True where the node itself failed; a skipped node has not."""
        return self.status in FAILED


def open_inputs(warehouse: Path, inputs: BuildInputs) -> None:
    """Create `warehouse` with the schemas raw, enrichment (views) and build (one-row table)."""
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    warehouse.unlink(missing_ok=True)
    warehouse.with_suffix(".duckdb.wal").unlink(missing_ok=True)
    blocks = {"default_block_size": str(_BLOCK_BYTES)}
    with duckdb.connect(str(warehouse), config=blocks) as connection:
        # One transaction: one wait for the disk.
        connection.begin()
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
                "withheld": pa.array([list(inputs.withheld)], pa.list_(pa.string())),
            }
        )
        connection.register("parameters_rows", parameters)
        connection.execute("create schema build")
        connection.execute("create table build.parameters as select * from parameters_rows")
        connection.commit()


def open_published(
    warehouse: Path, publications: Sequence[Path], columns: Mapping[str, Mapping[str, str]]
) -> None:
    """Create `warehouse` with the schema published: a view per mart over all `publications`.

    Args:
        warehouse: the DuckDB file.
        publications: folders of published builds, each with `marts/<table>.parquet`.
        columns: SQL type by column, by table; a publication that lacks a column has nulls there.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema published")
        for table, types in columns.items():
            connection.execute(f"create table published.no_{table} ({_listed(types)})")
            every = f"select * from published.no_{table}"
            paths = [folder / "marts" / f"{table}.parquet" for folder in publications]
            if files := [str(path).replace("'", "''") for path in paths if path.is_file()]:
                listed = ", ".join(f"'{file}'" for file in files)
                every += f" union all by name from read_parquet([{listed}], union_by_name=true)"
            cast = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in types.items())
            connection.execute(f"create view published.{table} as select {cast} from ({every})")


def _listed(types: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in types.items())


def run_dbt(
    warehouse: Path,
    arguments: Sequence[str],
    manifest: "Manifest | None" = None,
    target: Path | None = None,
) -> list[NodeResult]:
    """Run one dbt command against `warehouse` in this process.

    Args:
        warehouse: the DuckDB file; its stem must be `warehouse`.
        arguments: dbt's subcommand and options.
        manifest: the parsed project, so that nothing is parsed again.
        target: dbt's folder of compiled files; default beside the warehouse.

    Returns:
        One result per node, in the order of dbt's run.

    Raises:
        WarehouseError: where dbt itself broke (failed nodes are in the results).
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dbt.adapters.duckdb.connections import DuckDBConnectionManager
        from dbt.cli.main import dbtRunner

    os.environ["JALON_WAREHOUSE"] = str(warehouse)
    threads()  # dbt's profile reads them from the environment
    target = target or warehouse.parent / "target"
    try:
        result = dbtRunner(manifest=manifest).invoke(
            [
                "--no-use-colors",
                "--log-level=none",
                "--log-level-file=none",
                *arguments,
                f"--project-dir={DBT_PROJECT}",
                f"--profiles-dir={DBT_PROJECT}",
                f"--target-path={target}",
                "--no-version-check",
            ]
        )
    finally:
        DuckDBConnectionManager.close_all_connections()
    if result.exception:
        raise WarehouseError(str(result.exception)) from result.exception
    return [
        NodeResult(
            unique_id=str(run.node.unique_id),
            name=str(run.node.name),
            status=str(run.status),
            seconds=round(float(run.execution_time), 3),
            message=str(run.message or ""),
        )
        for run in getattr(result.result, "results", None) or []
    ]


def build_warehouse(
    warehouse: Path, inputs: BuildInputs, manifest: "Manifest | None" = None
) -> list[NodeResult]:
    """Open `inputs` and build every seed and model, with data tests, without unit tests.

    Returns:
        One result per node.

    Raises:
        WarehouseError: where dbt broke, or a seed or model failed. Failed data tests are left to
            the caller to judge.
    """
    open_inputs(warehouse, inputs)
    return build_models(warehouse, [f"--exclude=tag:{PORTFOLIO}"], manifest)


def build_models(
    warehouse: Path, selection: Sequence[str], manifest: "Manifest | None" = None
) -> list[NodeResult]:
    """Build the selected seeds and models of an opened warehouse, with data tests.

    Raises:
        WarehouseError: as `build_warehouse`.
    """
    results = run_dbt(
        warehouse, ["build", "--exclude-resource-type=unit_test", "--quiet", *selection], manifest
    )
    raise_broken(results)
    return results


def raise_broken(results: Sequence[NodeResult]) -> None:
    """Refuse a build of which a seed or model failed.

    Raises:
        WarehouseError: naming each of them.
    """
    broken = [r for r in results if r.has_failed and not r.unique_id.startswith("test.")]
    if broken:
        raise WarehouseError("; ".join(f"{r.name}: {r.message}" for r in broken))


def threads() -> str:
    """How many threads a build may use: JALON_THREADS, by default all processors."""
    return os.environ.setdefault("JALON_THREADS", str(os.cpu_count() or 2))
