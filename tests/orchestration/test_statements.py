"""Prepared statements build what dbt builds, byte for byte, and come from whole builds only."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from orchestration.code_version import code_version
from orchestration.dbt_manifest import load_manifest, project_hash
from orchestration.months import month_end
from orchestration.paths import PREPARED, Home
from orchestration.prepare import prepare, prepared_statements
from orchestration.statements import (
    Statement,
    keep_statements,
    kept_statements,
    run_statements,
)
from orchestration.warehouse import (
    BuildInputs,
    NodeResult,
    WarehouseError,
    build_warehouse,
    raise_broken,
)
from reports.marts import export_marts, parquet_hashes

DEMO = "belle-ardoise"


@dataclass(frozen=True)
class ByDbt:
    """The demo as dbt itself builds it: `warehouse.duckdb` and dbt's `target/`, and the results."""

    folder: Path
    results: list[NodeResult]


def _published(home: Home) -> Path:
    return next((home.root / "builds" / DEMO).iterdir())


@pytest.fixture(scope="module")
def by_dbt(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> ByDbt:
    home, folder = Home(demo_home), tmp_path_factory.mktemp("by_dbt")
    plan = json.loads(next((home.work / "plans" / DEMO).iterdir()).read_text(encoding="utf-8"))
    raw = home.lake / DEMO / "snapshots" / plan["snapshot_id"]
    enrichment = home.enrichment(DEMO, plan["enrichment_id"])
    inputs = BuildInputs(raw, enrichment, DEMO, month_end(plan["month"]), _published(home).name)
    return ByDbt(folder, build_warehouse(folder / "warehouse.duckdb", inputs, load_manifest(home)))


def test_prepared_statements_give_the_bytes_that_dbt_gives(demo_home: Path, by_dbt: ByDbt) -> None:
    export_marts(by_dbt.folder / "warehouse.duckdb", by_dbt.folder / "marts")
    transformed = _published(Home(demo_home)) / "transformed.json"
    published = json.loads(transformed.read_text(encoding="utf-8"))
    assert parquet_hashes(by_dbt.folder / "marts") == published["marts"]
    nodes = {r.unique_id for r in by_dbt.results if not r.unique_id.startswith("exposure")}
    assert {result["unique_id"] for result in published["results"]} == nodes


def test_statements_may_lie_anywhere(by_dbt: ByDbt, tmp_path: Path) -> None:
    keep_statements(tmp_path / "kept", by_dbt.folder, by_dbt.results)
    (tmp_path / "kept").rename(tmp_path / "moved")
    seeds = [s for s in kept_statements(tmp_path / "moved") if s.unique_id.startswith("seed.")]
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("use warehouse")
        assert {result.status for result in run_statements(connection, seeds)} == {"success"}


def test_a_build_with_a_failed_test_leaves_no_statements(by_dbt: ByDbt, tmp_path: Path) -> None:
    results = [replace(by_dbt.results[-1], status="fail"), *by_dbt.results]
    keep_statements(tmp_path / "failed", by_dbt.folder, results)
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


def test_damaged_statements_are_kept_anew(by_dbt: ByDbt, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    keep_statements(kept, by_dbt.folder, by_dbt.results)
    sound = kept_statements(kept)
    seed = min(kept.glob("*.parquet"))
    seed.write_bytes(seed.read_bytes()[:-9])
    assert kept_statements(kept) == []
    keep_statements(kept, by_dbt.folder, by_dbt.results)
    assert kept_statements(kept) == sound


def test_a_home_whose_installation_is_damaged_prepares_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare()
    damaged = Home(tmp_path / "installation")
    for folder in (PREPARED.parsed / project_hash(), PREPARED.statements / code_version()):
        copy = damaged.root / folder.relative_to(PREPARED.root)
        shutil.copytree(folder, copy)
        for path in copy.iterdir():
            path.write_bytes(path.read_bytes()[:-9])
    monkeypatch.setattr("orchestration.prepare.PREPARED", damaged)
    monkeypatch.setattr("orchestration.dbt_manifest.PREPARED", damaged)
    home = Home(tmp_path / "home")
    made = prepared_statements(home)
    assert made == kept_statements(home.statements / code_version())
    assert len(made) > 300
