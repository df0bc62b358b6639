"""`make bench`: where the time goes, beside plain DuckDB doing the same in the same run.

Run as `python -m orchestration.bench`. Builds the demo engagement in a temporary JALON_HOME; the
state of a person is never touched. Figures depend on the machine: trust ratios.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.bench_fleet import show_fleet
from orchestration.bench_ingest import show_ingest
from orchestration.commands.console import say, show
from orchestration.launch import Launcher, ignore_notes_for_developers
from orchestration.paths import REPOSITORY, Home
from orchestration.prepare import prepared_statements
from orchestration.progress import Progress
from orchestration.statements import Statement

DEMO = "belle-ardoise"


def main() -> None:
    """Print stage times, the ratio to plain DuckDB and peak memory."""
    ignore_notes_for_developers()
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as folder:
        os.environ["JALON_HOME"] = folder
        home = Home.from_environment()
        _write_demo(home)
        progress = Progress(say)
        build = _flow(home, progress)
        plain = plain_duckdb_seconds(build, prepared_statements(home))
        show("stage          seconds")
        for stage, seconds in progress.seconds.items():
            show(f"{stage:<14} {seconds:7.2f}")
        ratio = progress.seconds["dbt"] / plain
        show(f"plain DuckDB, same SQL: {plain:.2f} s; the stage takes {ratio:.1f} times that")
        # Kilobytes on Linux.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        show(f"peak memory: {peak:.0f} MB")
        show_fleet(Path(folder) / "fleet", plain)
    show_ingest()


def plain_duckdb_seconds(build: Path, statements: Sequence[Statement]) -> float:
    """Seconds that plain DuckDB takes for the models and tests of one build.

    Args:
        build: the build's folder, with `warehouse.duckdb`.
        statements: all of the project.
    """
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute(f"attach '{build / 'warehouse.duckdb'}' as built (read_only)")
        connection.execute(f"attach '{Path(folder) / 'warehouse.duckdb'}' as warehouse")
        _copy_inputs(connection)
        connection.execute("use warehouse")
        connection.execute("set threads = 2")
        started = time.perf_counter()
        for statement in statements:
            if not statement.unique_id.startswith("seed."):
                connection.execute(statement.sql).fetchall()
        return time.perf_counter() - started


def _copy_inputs(connection: duckdb.DuckDBPyConnection) -> None:
    """The schemas that dbt only reads, and empty ones for what it writes."""
    schemas = connection.execute(
        "select distinct schema_name from duckdb_schemas() where database_name = 'built'"
        " and not internal"
    ).fetchall()
    for (schema,) in schemas:
        connection.execute(f"create schema if not exists warehouse.{schema}")
    inputs = connection.execute(
        "select schema_name, table_name from duckdb_tables() where database_name = 'built'"
        " and schema_name in ('build', 'seeds') union all"
        " select schema_name, view_name from duckdb_views() where database_name = 'built'"
        " and schema_name in ('raw', 'enrichment')"
    ).fetchall()
    for schema, table in inputs:
        connection.execute(
            f"create table warehouse.{schema}.{table} as from built.{schema}.{table}"
        )


def _write_demo(home: Home) -> None:
    folder = home.engagement(DEMO)
    subprocess.run([sys.executable, "-m", "demo", str(folder)], check=True, cwd=REPOSITORY)


def _flow(home: Home, progress: Progress) -> Path:
    from orchestration.build_defs import BUILD_MONTH_WITHOUT_REPORT, REFRESH_INPUTS
    from orchestration.engagements import latest_month
    from orchestration.flow import Flow

    launcher = Launcher(home, progress)
    launcher.start()
    launcher.run(REFRESH_INPUTS, DEMO)
    month = latest_month(home, DEMO)
    launcher.run(BUILD_MONTH_WITHOUT_REPORT, DEMO, month)
    return home.build(DEMO, Flow(home, DEMO).pinned_plan(month).build_id)


if __name__ == "__main__":
    main()
