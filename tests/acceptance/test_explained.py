"""Figures of the demo lead back to rows and quotes; drafts can be verified and compared."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.errors import InputError
from orchestration.dbt_manifest import manifest_json
from orchestration.diff import key_columns
from orchestration.explain import explain
from orchestration.paths import Home
from tests.acceptance.conftest import Query


def jalon(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("jalon")), *arguments]
    environment = {**os.environ, "JALON_HOME": str(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_figure_leads_back_to_formula_inputs_rows_and_quotes(demo_home: Path) -> None:
    metric = "fct_baseline.calibrated_weekly_hours[team_id=production,task_id=declinaison_formats]"
    told = jalon(demo_home, "explain", "belle-ardoise", metric)
    assert told.returncode == 0, told.stderr
    assert "int_task_hours_calibrated" in told.stdout
    assert "timesheet rows" in told.stdout and "hours a week; the first:" in told.stdout
    assert "line " in told.stdout and "«" in told.stdout
    assert len(told.stdout.splitlines()) < 30


def test_a_quantile_leads_back_to_all_its_draws(demo_home: Path) -> None:
    published, warehouse, manifest = current_build(demo_home)
    for metric, spread in (
        ("fct_roi_scenarios.npv_p10[scenario=margin]", "npv P10"),
        ("fct_roi_monthly.cumulative_net_p90[scenario=growth,month_index=7]", "cumulative_net P90"),
    ):
        told = explain(metric, published, warehouse, manifest)
        assert told.inputs[0].values["draws"] == 2000
        assert told.inputs[0].values[spread] == pytest.approx(told.value)
    told = explain(
        "fct_roi_scenarios.probability_positive[scenario=margin]", published, warehouse, manifest
    )
    assert told.inputs[0].values["npv above zero"] / 2000 == pytest.approx(told.value)
    curve = explain(
        "fct_concession_curve.npv_p50[price_concession=0.02]", published, warehouse, manifest
    )
    assert curve.inputs[0].values["draws"] == 2000


def test_a_scenario_does_not_lead_back_to_the_others(demo_home: Path) -> None:
    published, warehouse, manifest = current_build(demo_home)
    told = explain(
        "fct_roi_monthly.net[scenario=margin,month_index=7]", published, warehouse, manifest
    )
    models = [step.model for step in told.inputs]
    assert "int_margin_months" in models
    assert not [model for model in models if "growth" in model or "productivity" in model]


def current_build(home: Path) -> tuple[Path, Path, dict[str, Any]]:
    """Published folder and warehouse of the demo's build, and dbt's manifest."""
    folder = home / "published" / "belle-ardoise"
    published = (folder / (folder / "current").read_text(encoding="utf-8").strip()).resolve()
    warehouse = home / "builds" / "belle-ardoise" / published.name / "warehouse.duckdb"
    return published, warehouse, manifest_json(Home(home))


def test_every_published_column_can_be_explained(demo_home: Path) -> None:
    published, warehouse, manifest = current_build(demo_home)
    for path in sorted((published / "marts").glob("*.parquet")):
        found = duckdb.connect().execute("from read_parquet(?)", [str(path)])
        columns = [name for name, *_ in found.description or []]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        key = key_columns(columns, [rows])
        for position, column in enumerate(set(columns) - {"engagement_id", *key} if rows else ()):
            row = rows[position % len(rows)]
            place = ",".join(f"{name}={'' if row[name] is None else row[name]}" for name in key)
            told = explain(f"{path.stem}.{column}[{place}]", published, warehouse, manifest)
            assert told.value == row[column]
            # The gate writes its results itself: no model describes their columns.
            assert told.formula or path.stem == "fct_quality_results", told.metric


def test_a_build_of_earlier_models_says_what_to_do(demo_home: Path) -> None:
    published, warehouse, manifest = current_build(demo_home)
    nodes = dict(manifest["nodes"])
    later = "model.jalon.int_baseline_rows_shown"
    nodes[later] = nodes[later] | {"alias": "int_added_later"}
    with pytest.raises(InputError, match="without int_added_later; run its month again"):
        explain(
            "fct_baseline.calibrated_weekly_hours",
            published,
            warehouse,
            manifest | {"nodes": nodes},
        )


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ("fct_baselin.calibrated_weekly_hours", "fct_baseline"),
        ("fct_baseline.calibrated_weekly_hour", "calibrated_weekly_hours"),
        ("fct_baseline", "table.column"),
        ("fct_baseline.people_count[team_id]", "table.column"),
        ("fct_baseline.people_count[team_id=nobody]", "no row"),
        ("fct_roi_scenarios.npv_p50", "nothing to be added up"),
        ("fct_tools.satisfaction", "nothing to be added up"),
        ("fct_hours_funnel.net_hours[month_on=1..3]", "a range"),
    ],
)
def test_an_id_that_leads_nowhere_says_what_is_wrong(
    metric: str, words: str, demo_home: Path
) -> None:
    with pytest.raises(InputError, match=words):
        explain(metric, *current_build(demo_home))


def test_a_part_of_a_key_is_the_sum_that_the_report_prints(
    demo_home: Path, published: Query
) -> None:
    told = explain("fct_hours_funnel.net_hours[team_id=production]", *current_build(demo_home))
    (row,) = published(
        "select sum(net_hours) as hours from fct_hours_funnel"
        " where team_id = 'production' and is_in_scope and month_index between 25 and 36"
    )
    assert told.value == pytest.approx(row["hours"], rel=1e-12)
    assert told.metric.endswith("[is_in_scope=true,team_id=production,month_index=25..36]")


def test_what_is_stored_and_published_holds_the_invariants(demo_home: Path) -> None:
    told = jalon(demo_home, "verify", "belle-ardoise")
    assert told.returncode == 0, told.stdout


def test_a_second_run_recognises_that_nothing_changed(demo_home: Path) -> None:
    told = jalon(demo_home, "run", "belle-ardoise", "--no-report")
    assert told.returncode == 0 and "nothing changed" in told.stderr
