"""The gate judges exactly the marts it is given, says what failed, and never names a person."""

import json
from pathlib import Path

import duckdb
import pytest

from quality.expectations import Severity, all_expectations
from quality.gate import judge
from reports.marts import marts_fingerprint

NAMED = "Zoé Gneiss"


def marts_folder(tmp_path: Path, **tables: str) -> Path:
    build = tmp_path / "build"
    (build / "marts").mkdir(parents=True)
    with duckdb.connect() as connection:
        for table, sql in tables.items():
            connection.execute(f"copy ({sql}) to '{build / 'marts' / table}.parquet'")
    return build


ENGAGEMENT = "select 'e' as engagement_id, 35.0 as weekly_hours"
ROWS = (
    "select 'e' as engagement_id, 'a.csv' as source_file, {rows_in} as rows_in, 8 as rows_loaded,"
    f" 1 as rows_quarantined, 1 as rows_declared_non_data, '{NAMED}' as first_reason"
)


def test_every_expectation_has_its_reason_and_its_mend() -> None:
    expectations = all_expectations()
    assert len(expectations) >= 20
    assert all(e.reason.strip() and e.mend.strip() and e.page for e in expectations)
    assert {e.severity for e in expectations} == set(Severity)


def test_a_missing_mart_is_an_error_not_a_pass(tmp_path: Path) -> None:
    build = marts_folder(tmp_path, dim_engagements=ENGAGEMENT)
    verdict = judge(build, "b1", marts_fingerprint)
    assert verdict["is_passed"] is False
    missing = {e["table"] for e in verdict["errors"] if e["observed"] == "the table is missing"}
    assert "fct_tag_quality" in missing


@pytest.mark.parametrize(("rows_in", "is_passed"), [(10, True), (11, False)])
def test_rows_that_do_not_add_up_are_an_error(
    tmp_path: Path, rows_in: int, is_passed: bool
) -> None:
    build = marts_folder(
        tmp_path, dim_engagements=ENGAGEMENT, fct_data_quality=ROWS.format(rows_in=rows_in)
    )
    judge(build, "b1", marts_fingerprint)
    with duckdb.connect() as connection:
        found = connection.execute(
            "select is_passed, observed from read_parquet(?) where expectation = ?",
            [
                str(build / "marts" / "fct_quality_results.parquet"),
                "every_row_is_accounted_for",
            ],
        ).fetchone()
    assert found == (is_passed, "0" if is_passed else "1")


def test_a_failed_dbt_test_blocks_and_the_verdict_names_these_marts(tmp_path: Path) -> None:
    build = marts_folder(tmp_path, dim_engagements=ENGAGEMENT)
    verdict = judge(build, "b1", marts_fingerprint, ["unique_dim_teams_key"])
    assert "unique_dim_teams_key" in {error["expectation"] for error in verdict["errors"]}
    assert verdict["fingerprint"] == marts_fingerprint(build / "marts")
    assert json.loads((build / "verdict.json").read_text())["fingerprint"] == verdict["fingerprint"]


def test_no_value_of_a_row_is_in_the_verdict(tmp_path: Path) -> None:
    build = marts_folder(
        tmp_path, dim_engagements=ENGAGEMENT, fct_data_quality=ROWS.format(rows_in=99)
    )
    judge(build, "b1", marts_fingerprint)
    assert NAMED not in (build / "verdict.json").read_text()
