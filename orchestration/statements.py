"""The SQL that dbt ran once, kept, so that DuckDB alone can run it for every build.

A build's parameters are a table (decision 9), so every build of one version of the code runs the
same statements; rendering them anew takes dbt several times as long as running them.
Does not belong here: any formula (dbt_project), opening a build's inputs (warehouse), having dbt
run them (prepare).
"""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingestion import atomic
from orchestration.sealed import is_sound, seal
from orchestration.warehouse import (
    BuildInputs,
    NodeResult,
    WarehouseError,
    open_inputs,
    raise_broken,
    threads,
)

_STATEMENTS = "statements.json"
# As in dbt_project/profiles.yml.
_TIME_ZONE = "UTC"
# Stands for the folder of the statements, which may be moved.
_HERE = "{kept}"
# dbt builds under a temporary name and renames.
_BEING_BUILT = '__dbt_tmp"'


@dataclass(frozen=True)
class Statement:
    """What one node of the dbt project runs.

    Attributes:
        unique_id: dbt's name of the node.
        name: its short name.
        schema: where it writes; empty for a test.
        sql: creates the table or view; for a test: failing rows, whether they warn, whether they
            fail.
    """

    unique_id: str
    name: str
    schema: str
    sql: str

    @property
    def is_test(self) -> bool:
        """Whether it judges rather than builds."""
        return not self.schema


def keep_statements(folder: Path, build: Path, results: Sequence[NodeResult]) -> None:
    """Write what dbt ran for `build` to `folder`, if every node of it ran.

    Args:
        folder: appears whole, or not at all.
        build: folder of the build, with `warehouse.duckdb` and dbt's `target/`.
        results: of that build, in the order in which they ended: parents come first.
    """
    target = build / "target"
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    # An exposure has a result too, and runs nothing.
    results = [result for result in results if result.unique_id in nodes]
    if any(result.status not in {"success", "pass"} for result in results):
        return
    ran = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    compiled = {result["unique_id"]: result["compiled_code"] for result in ran}

    def fill(temporary: Path) -> None:
        statements = []
        with duckdb.connect(str(build / "warehouse.duckdb"), read_only=True) as connection:
            for result in results:
                node = nodes[result.unique_id]
                if node["resource_type"] == "seed":
                    rows = temporary / f"{node['alias']}.parquet"
                    connection.execute(f"copy {node['relation_name']} to '{rows}' (format parquet)")
                statements.append(_statement(node, compiled[result.unique_id], target))
        kept = json.dumps([asdict(statement) for statement in statements], indent=1)
        (temporary / _STATEMENTS).write_text(kept, encoding="utf-8")
        seal(temporary)

    if folder.is_dir() and not is_sound(folder):
        atomic.remove_folder(folder)
    atomic.write_folder(folder, fill)


def kept_statements(folder: Path) -> list[Statement]:
    """The statements in `folder`, in an order in which they can run.

    Returns:
        None of them where none are kept, or where a file is not as it was written.
    """
    if not is_sound(folder):
        return []
    text = (folder / _STATEMENTS).read_text(encoding="utf-8")
    return [Statement(**kept) for kept in json.loads(text.replace(_HERE, str(folder)))]


def build_by_statements(
    warehouse: Path, inputs: BuildInputs, statements: Sequence[Statement]
) -> list[NodeResult]:
    """Open `inputs` and run `statements`: what `build_warehouse` does, without dbt.

    Returns:
        One result per statement.

    Raises:
        WarehouseError: where a seed or model failed. Failed data tests are left to the caller.
    """
    open_inputs(warehouse, inputs)
    with duckdb.connect(str(warehouse), config={"threads": threads()}) as connection:
        connection.execute(f"set timezone = '{_TIME_ZONE}'")
        connection.execute("set enable_progress_bar = false")
        # One transaction: one wait for the disk.
        connection.begin()
        results = list(run_statements(connection, statements))
        connection.commit()
    raise_broken(results)
    return results


def run_statements(
    connection: duckdb.DuckDBPyConnection, statements: Sequence[Statement]
) -> Iterator[NodeResult]:
    """Run each statement, up to the first that cannot be run."""
    for schema in sorted({s.schema for s in statements if not s.is_test}):
        connection.execute(f"create schema if not exists {schema}")
    for statement in statements:
        started = time.perf_counter()
        status, message = "success", ""
        try:
            cursor = connection.execute(statement.sql)
            if statement.is_test:
                status, message = _judged(cursor.fetchone())
        except duckdb.Error as error:
            status, message = "error", str(error)
        seconds = round(time.perf_counter() - started, 3)
        yield NodeResult(statement.unique_id, statement.name, status, seconds, message)
        if status == "error":
            return


def _judged(row: tuple[Any, ...] | None) -> tuple[str, str]:
    if row is None:
        raise WarehouseError("a test of the model gave no answer")
    count, warns, fails = row
    return ("fail" if fails else "warn" if warns else "pass"), f"{count} rows break the rule"


def _statement(node: dict[str, Any], compiled: str | None, target: Path) -> Statement:
    """Of one node: as dbt's manifest has it, its query, the folder where dbt wrote what it ran."""
    kind, schema = node["resource_type"], str(node["schema"])
    if kind == "seed":
        rows = f"{_HERE}/{node['alias']}.parquet"
        sql = f"create table {node['relation_name']} as from read_parquet('{rows}')"
    elif kind == "test":
        schema, config = "", node["config"]
        count = config["fail_calc"]
        fails = (
            f"{count} {config['error_if']}" if config["severity"].upper() == "ERROR" else "false"
        )
        sql = f"select {count}, {count} {config['warn_if']}, {fails} from ({compiled}) as failing"
    else:
        path = target / "run" / node["package_name"] / node["original_file_path"]
        sql = path.read_text(encoding="utf-8").replace(_BEING_BUILT, '"')
    return Statement(node["unique_id"], node["name"], schema, sql)
