"""The gate judges exactly the marts it is given, says what failed, and never names a person."""

import json
from pathlib import Path

import duckdb
import pytest

from quality.disclosure import AUDITED_TABLE
from quality.expectations import Severity, all_expectations
from quality.gate import judge
from reports.marts import marts_fingerprint

NAMED = "Zoé Gneiss"


def marts_folder(tmp_path: Path, hidden: str | None = None, **tables: str) -> Path:
    hidden = hidden or NOTHING_HIDDEN
    build = tmp_path / "build"
    (build / "marts").mkdir(parents=True)
    with duckdb.connect() as connection:
        for table, sql in tables.items():
            connection.execute(f"copy ({sql}) to '{build / 'marts' / table}.parquet'")
        folder = build / "audit"
        folder.mkdir()
        connection.execute(f"copy ({hidden}) to '{folder / AUDITED_TABLE}.parquet'")
    return build


NOTHING_HIDDEN = (
    "select '' as kind, '' as figure, '' as cell, 0.0 as hours, 0.0 as weight, true as is_hidden"
    " where false"
)
# Ten hours a week in 48 weeks are 40 hours a month.
BASELINE = (
    "select 'e' as engagement_id, 'calibrated' as hours_source, 'a' as team_id, 'x' as task_id,"
    " 5.0 as declared_weekly_hours, 10.0 as calibrated_weekly_hours,"
    " 10.0 as calibrated_weekly_hours_low, 10.0 as calibrated_weekly_hours_high"
)
FUNNEL = (
    "select 'e' as engagement_id, 1 as month_index, true as is_in_scope, 40.0 as baseline_hours,"
    " 1.0 as eligible_hours, 1.0 as gained_hours, 1.0 as adopted_hours, 1.0 as net_hours,"
    " 1.0 as bankable_hours"
)
ENGAGEMENT = (
    "select 'e' as engagement_id, 35.0 as weekly_hours, 48.0 as working_weeks,"
    " date '2026-03-01' as as_of_month, date '{retain_until}' as retain_until,"
    " {is_missing} as is_staff_council_missing"
)


def engagement(retain_until: str = "2026-03-31", is_missing: bool = False) -> str:
    return ENGAGEMENT.format(retain_until=retain_until, is_missing=is_missing)


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
    build = marts_folder(tmp_path, dim_engagements=engagement())
    verdict = judge(build, "b1", marts_fingerprint)
    assert verdict["is_passed"] is False
    missing = {e["table"] for e in verdict["errors"] if e["observed"] == "the table is missing"}
    assert "fct_tag_quality" in missing


def test_a_cross_check_that_lacks_a_table_is_an_error(tmp_path: Path) -> None:
    build = marts_folder(tmp_path, dim_engagements=engagement(), fct_baseline=BASELINE)
    verdict = judge(build, "b1", marts_fingerprint)
    (error,) = [
        e for e in verdict["errors"] if e["expectation"] == "declared_hours_stand_in_the_forms"
    ]
    assert "missing" in error["observed"]


@pytest.mark.parametrize(
    ("loaded", "declared", "funnel", "failed"),
    [
        (0, 5, 40, "something_was_loaded"),
        (9, 5.1, 40, "declared_hours_stand_in_the_forms"),
        (9, 5, 41, "funnel_hours_stand_in_the_baseline"),
        (9, 5, 40, None),
    ],
)
def test_hours_add_up_from_the_files_to_the_funnel(
    tmp_path: Path, loaded: int, declared: float, funnel: float, failed: str | None
) -> None:
    build = marts_folder(
        tmp_path,
        dim_engagements=engagement(),
        fct_baseline=BASELINE.replace("5.0 as declared", f"{declared} as declared"),
        fct_data_quality="select 'forms' as kind, 5.0 as labelled_amount, 10 as rows_in,"
        f" {loaded} as rows_loaded, 0 as rows_quarantined, {10 - loaded} as rows_declared_non_data",
        fct_hours_funnel=FUNNEL.replace("40.0 as baseline", f"{funnel} as baseline"),
    )
    verdict = judge(build, "b1", marts_fingerprint)
    found = {error["expectation"] for error in verdict["errors"]}
    cases = {
        "something_was_loaded", "declared_hours_stand_in_the_forms",
        "funnel_hours_stand_in_the_baseline",
    }  # fmt: skip
    assert found & cases == ({failed} if failed else set())


@pytest.mark.parametrize(("rows_in", "is_passed"), [(10, True), (11, False)])
def test_rows_that_do_not_add_up_are_an_error(
    tmp_path: Path, rows_in: int, is_passed: bool
) -> None:
    build = marts_folder(
        tmp_path, dim_engagements=engagement(), fct_data_quality=ROWS.format(rows_in=rows_in)
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
    build = marts_folder(tmp_path, dim_engagements=engagement())
    verdict = judge(build, "b1", marts_fingerprint, ["unique_dim_teams_key"])
    assert "unique_dim_teams_key" in {error["expectation"] for error in verdict["errors"]}
    assert verdict["fingerprint"] == marts_fingerprint(build / "marts")
    assert json.loads((build / "verdict.json").read_text())["fingerprint"] == verdict["fingerprint"]


def test_no_value_of_a_row_is_in_the_verdict(tmp_path: Path) -> None:
    build = marts_folder(
        tmp_path, dim_engagements=engagement(), fct_data_quality=ROWS.format(rows_in=99)
    )
    judge(build, "b1", marts_fingerprint)
    assert NAMED not in (build / "verdict.json").read_text()


# Two cells of b hide one another; a's is alone in a figure, which is also `others`'.
GIVEN_AWAY = (
    "select * from (values ('{kind}', '{figure}', 'a/x', 2.0, 1.0, true), {others}"
    " ('hours', 'team b', 'b/x', 3.0, 1.0, true), ('hours', 'team b', 'b/y', 4.0, 1.0, true))"
    " as rows(kind, figure, cell, hours, weight, is_hidden)"
)
SHOWN = "('steps', 'gained_hours 1', 'a/z', 9.0, 0.5, false),"


@pytest.mark.parametrize(
    ("kind", "figure", "others", "failed", "severity"),
    [
        ("hours", "team a", "", "hidden_cells_cannot_be_computed", "errors"),
        ("steps", "gained_hours 1", SHOWN, "hidden_cells_withstand_the_totals", "errors"),
        ("steps", "gained_hours 1", "", "no_hidden_cell_is_a_total_itself", "warnings"),
    ],
)
def test_a_cell_that_can_be_computed_is_found(
    tmp_path: Path, kind: str, figure: str, others: str, failed: str, severity: str
) -> None:
    build = marts_folder(
        tmp_path,
        GIVEN_AWAY.format(kind=kind, figure=figure, others=others),
        dim_engagements=engagement(),
        fct_baseline=BASELINE,
        fct_hours_funnel=FUNNEL,
        dim_teams="select 'e' as engagement_id, 'a' as team_id, 9 as headcount,"
        " 9 as respondents_count",
        fct_roi_monthly="select 'growth' as scenario, 1 as month_index, 0.0 as hours_used,"
        " 0.0 as net",
    )
    verdict = judge(build, "b1", marts_fingerprint)
    found = {e["expectation"]: e["observed"] for e in verdict[severity]}
    assert found[failed] == "1"
    assert "a/x" not in (build / "verdict.json").read_text()


def test_without_the_audited_table_nothing_is_judged(tmp_path: Path) -> None:
    build = marts_folder(tmp_path, dim_engagements=engagement())
    (build / "audit" / f"{AUDITED_TABLE}.parquet").unlink()
    with pytest.raises(FileNotFoundError, match="run the month again"):
        judge(build, "b1", marts_fingerprint)
    assert not (build / "verdict.json").exists()


def test_retention_and_staff_council_are_warnings(tmp_path: Path) -> None:
    both = {"data_are_within_their_retention", "staff_council_was_consulted"}
    for number, (mart, warned) in enumerate(
        [(engagement(), set()), (engagement("2026-03-30", is_missing=True), both)]
    ):
        build = marts_folder(tmp_path / str(number), dim_engagements=mart)
        verdict = judge(build, "b1", marts_fingerprint)
        assert {w["expectation"] for w in verdict["warnings"]} & both == warned
