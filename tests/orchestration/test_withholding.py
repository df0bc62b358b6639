"""A build is made anew until its totals give no folded cell away, always in the same way."""

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.build_plan import BuildPlan
from orchestration.code_version import code_version
from orchestration.flow import Flow
from orchestration.paths import Home
from reports.marts import parquet_hashes
from tests.model.engagement_rows import ENGAGEMENT, write_tables
from tests.model.invented_agency import invented_agency

PLAN = BuildPlan(ENGAGEMENT, "2026-12", "inputs", "enrichment", code_version())
# By its rules alone it would give two folded cells away: tests/model/test_disclosure.py.
ATTACKED = 4


def flow_in(root: Path) -> Flow:
    """Of the attacked agency."""
    home = Home(root)
    write_tables(root / "tables", invented_agency(ATTACKED))
    flow = Flow(home, ENGAGEMENT)
    shutil.copytree(root / "tables" / "raw", flow.raw(PLAN.snapshot_id))
    shutil.copytree(root / "tables" / "enrichment", home.enrichment(ENGAGEMENT, PLAN.enrichment_id))
    return flow


def test_the_gate_passes_what_was_built_anew_and_each_time_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashes = []
    for threads in ("1", "2"):
        monkeypatch.setenv("JALON_THREADS", threads)
        flow = flow_in(tmp_path / threads)
        told: list[str] = []
        flow.progress.say = lambda text, told=told, **_: told.append(text)
        assert not [result for result in flow.transform(PLAN) if result.has_failed]
        assert "more withheld" in "".join(told)
        build = flow.home.build(ENGAGEMENT, PLAN.build_id)
        hashes.append(parquet_hashes(build / "marts"))
    assert hashes[0] == hashes[1]
    with duckdb.connect(str(build / "warehouse.duckdb"), read_only=True) as connection:
        withheld = connection.sql("select withheld from build.parameters").fetchall()
    assert withheld == [(["merged_opale_silex/task_04", "task task_01"],)]
    verdict = flow.judge(PLAN)
    failed = {row["expectation"] for row in verdict["errors"] + verdict["warnings"]}
    assert not failed & {
        "hidden_cells_cannot_be_computed",
        "hidden_cells_withstand_the_totals",
        "no_hidden_cell_is_a_total_itself",
    }
