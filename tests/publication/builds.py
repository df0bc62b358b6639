"""Small builds of which each value says which one it is, and what a reader finds of them.

Does not belong here: what must hold (test_publication, tests.chaos).
"""

import json
from pathlib import Path

import duckdb

from reports.marts import export_marts, marts_fingerprint


def build_with(folder: Path, value: int, build_id: str, is_passed: bool = True) -> Path:
    """A build whose tables all hold `value`, with its verdict."""
    warehouse = folder / build_id / "warehouse.duckdb"
    warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts")
        for table in ("dim_a", "fct_b"):
            connection.execute(
                f"create table marts.{table} as select {value} as v, i from range(5000) r(i)"
            )
    build = folder / build_id
    export_marts(warehouse, build / "marts")
    write_verdict(build, build_id, is_passed)
    return build


def write_verdict(build: Path, build_id: str, is_passed: bool = True) -> None:
    verdict = {
        "build_id": build_id,
        "fingerprint": marts_fingerprint(build / "marts"),
        "is_passed": is_passed,
    }
    (build / "verdict.json").write_text(json.dumps(verdict))


def values(published: Path, month: str) -> set[int]:
    folder = (published / month).resolve()
    with duckdb.connect(str(folder / "marts.duckdb"), read_only=True) as connection:
        found = {
            v
            for table in ("dim_a", "fct_b")
            for (v,) in connection.execute(f"select distinct v from {table}").fetchall()
        }
        for path in (folder / "marts").glob("*.parquet"):
            rows = connection.execute("select distinct v from read_parquet(?)", [str(path)])
            found |= {v for (v,) in rows.fetchall()}
    return found
