"""The unit tests of the dbt models, each formula against a hand-worked example, run by dbt."""

from datetime import date
from pathlib import Path

from orchestration.warehouse import run_dbt
from tests.model.engagement_rows import build
from tests.model.invented_agency import invented_agency


def test_every_unit_test_of_the_models_passes(tmp_path: Path) -> None:
    # Unit tests ask the database for the columns of their parents: those must exist.
    built = build(tmp_path, invented_agency(1), date(2026, 9, 30))
    # Those of the portfolio stand on other tables: tests/portfolio.
    only = ["--select", "test_type:unit", "--exclude", "tag:portfolio"]
    results = run_dbt(built.warehouse, ["test", *only, "--quiet"])
    assert len(results) > 80
    assert not [f"{r.name}: {r.message}" for r in results if r.status != "pass"]
