"""Kept statements build what dbt builds, byte for byte, and are kept from whole builds only."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from orchestration.code_version import code_version
from orchestration.months import month_end
from orchestration.paths import Home
from orchestration.statements import (
    Statement,
    build_by_statements,
    keep_statements,
    kept_statements,
    run_statements,
)
from orchestration.warehouse import BuildInputs, NodeResult, WarehouseError, raise_broken
from reports.marts import export_marts, parquet_hashes

DEMO = "belle-ardoise"


def _build_of(home: Home) -> Path:
    return next((home.root / "builds" / DEMO).iterdir())


def _inputs_of(home: Home) -> BuildInputs:
    plan = json.loads(next((home.work / "plans" / DEMO).iterdir()).read_text(encoding="utf-8"))
    raw = home.lake / DEMO / "snapshots" / plan["snapshot_id"]
    enrichment = home.enrichment(DEMO, plan["enrichment_id"])
    return BuildInputs(raw, enrichment, DEMO, month_end(plan["month"]), _build_of(home).name)


def _results_of(build: Path) -> list[NodeResult]:
    text = (build / "transformed.json").read_text(encoding="utf-8")
    return [NodeResult(**result) for result in json.loads(text)["results"]]


def test_statements_of_the_first_build_give_the_bytes_that_dbt_gave(
    demo_home: Path, tmp_path: Path
) -> None:
    home = Home(demo_home)
    moved = shutil.copytree(home.statements / code_version(), tmp_path / "moved")
    warehouse = tmp_path / "warehouse.duckdb"
    results = build_by_statements(warehouse, _inputs_of(home), kept_statements(moved))
    export_marts(warehouse, tmp_path / "marts")
    by_dbt = json.loads((_build_of(home) / "transformed.json").read_text(encoding="utf-8"))
    assert parquet_hashes(tmp_path / "marts") == by_dbt["marts"]
    nodes = {r["unique_id"] for r in by_dbt["results"] if not r["unique_id"].startswith("exposure")}
    assert {result.unique_id for result in results} == nodes


def test_a_build_with_a_failed_test_leaves_no_statements(demo_home: Path, tmp_path: Path) -> None:
    build = _build_of(Home(demo_home))
    results = _results_of(build)
    keep_statements(tmp_path / "failed", build, [replace(results[-1], status="fail"), *results])
    assert kept_statements(tmp_path / "failed") == []


def test_a_test_that_finds_rows_fails_and_a_broken_model_stops_the_build() -> None:
    found = "select count(*), count(*) != 0, count(*) != 0 from (select 1)"
    statements = [
        Statement("test.a", "a", "", found),
        Statement("model.b", "b", "marts", "create table marts.b as select 1 / nothing"),
        Statement("model.c", "c", "marts", "create table marts.c as select 1"),
    ]
    with duckdb.connect() as connection:
        results = list(run_statements(connection, statements))
    assert [(r.name, r.status) for r in results] == [("a", "fail"), ("b", "error")]
    with pytest.raises(WarehouseError, match=r"^b: "):
        raise_broken(results)


def test_damaged_statements_are_kept_anew(demo_home: Path, tmp_path: Path) -> None:
    home, kept = Home(demo_home), tmp_path / "kept"
    shutil.copytree(home.statements / code_version(), kept)
    seed = min(kept.glob("*.parquet"))
    seed.write_bytes(seed.read_bytes()[:-9])
    assert kept_statements(kept) == []
    build = _build_of(home)
    keep_statements(kept, build, _results_of(build))
    assert parquet_hashes(kept) == parquet_hashes(home.statements / code_version())
    assert kept_statements(kept)
