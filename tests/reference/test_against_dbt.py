"""The dbt models against the independent reference, figure by figure, on generated engagements.

Two hundred engagements; `pytest -m "not slow"` runs the first thirty.
The tables compared hold true teams and cells; what publication merges or folds is compared in sum.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference.comparison import ABSOLUTE, Difference, differences
from tests.reference.engagements import make_engagement
from tests.reference.expected import Expected
from tests.reference.expected_impact import ExpectedImpact
from tests.reference.warehouses import Replay, Table, Warehouse, build_by_dbt

SHOWN = 25
# Swings are differences of NPVs of up to millions, each within 1e-9 of itself.
TIE = 1e-2


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return Replay(tmp_path_factory.mktemp("reference"))


def summed(table: Table, columns: tuple[str, ...]) -> Table:
    """Sums over teams and tasks: what merging and folding leave as they were."""
    sums: Table = {}
    for (_, _, *rest), row in table.items():
        into = sums.setdefault(tuple(rest), dict.fromkeys(columns, 0.0))
        for column in columns:
            into[column] += row[column] or 0.0
    return sums


def without_ties(rows: Table) -> Table:
    """Ranks say nothing where two swings differ by less than the tolerance of their NPVs."""
    swings = [(key[0], key, row["swing"]) for key, row in rows.items()]
    return {
        key: {c: v for c, v in row.items() if c != "rank"}
        if any(
            scenario == key[0] and other != key and abs(swing - row["swing"]) < TIE
            for scenario, other, swing in swings
        )
        else row
        for key, row in rows.items()
    }


def at_most(expected: Table, shown: Table) -> Table:
    """What is expected where a cell is withheld: no more than the whole, which `shown` lacks it."""
    return {
        key: {
            column: shown[key][column] if shown[key][column] <= value + ABSOLUTE else value
            for column, value in row.items()
        }
        if key in shown
        else row
        for key, row in expected.items()
    }


def to_the_per_mille(expected: Table) -> Table:
    """What is expected of shares where a cell is withheld, as exact ones would give it away."""
    return {
        key: {
            column: round(value, 3) if column.endswith("_share") and value else value
            for column, value in row.items()
        }
        for key, row in expected.items()
    }


def compared(x: Expected, w: Warehouse) -> Iterator[tuple[str, Table, Table]]:
    """Each table's name, what the reference says and what dbt built."""
    impact = ExpectedImpact(x)
    hours = w.table("intermediate.int_task_hours_calibrated", "team_id", "task_id")
    yield "int_task_hours_calibrated", x.baseline_cells(), hours
    measured = w.table("intermediate.int_teams_measured", "team_id")
    yield "int_teams_measured", x.teams(), measured
    shown = w.table("marts.fct_baseline", "team_id", "task_id")
    weekly = ("calibrated_weekly_hours",)
    cells = w.rows("intermediate.int_cells_published")
    is_withheld = any(row["is_withheld"] for row in cells)
    total, published = summed(x.baseline_cells(), weekly), summed(shown, weekly)
    yield "fct_baseline", at_most(total, published) if is_withheld else total, published
    yield "dim_tasks", x.tasks(), w.table("marts.dim_tasks", "task_id")
    funnel_keys = ("team_id", "task_id", "month_index")
    funnel = w.table("intermediate.int_funnel_months_stepped", *funnel_keys)
    yield "int_funnel_months_stepped", x.funnel_months(), funnel
    shown = w.table("marts.fct_hours_funnel", *funnel_keys)
    steps = ("baseline_hours", "gained_hours", "net_hours", "bankable_hours", "potential_hours")
    total, published = summed(x.funnel_months(), steps), summed(shown, steps)
    yield "fct_hours_funnel", at_most(total, published) if is_withheld else total, published
    agency = w.table("marts.dim_engagements")
    total = to_the_per_mille(x.engagement()) if is_withheld else x.engagement()
    yield "dim_engagements", total, agency
    yield "int_matrix_scored", x.matrix_rows(), w.table("intermediate.int_matrix_scored", "task_id")
    yield "fct_matrix", x.axes(), w.table("marts.fct_matrix", "task_id")
    yield "int_roadmap_placed", x.roadmap(), w.table("intermediate.int_roadmap_placed", "task_id")
    valued = w.table(
        "intermediate.int_scenario_cases_valued", "scenario", "case_id", "price_concession"
    )
    yield "int_scenario_cases_valued", x.npvs(), {key[:2]: row for key, row in valued.items()}
    yield "fct_roi_scenarios", x.scenarios(), w.table("marts.fct_roi_scenarios", "scenario")
    yield (
        "fct_roi_monthly",
        x.monthly(),
        w.table("marts.fct_roi_monthly", "scenario", "month_index"),
    )
    sensitivity = w.table("marts.fct_roi_sensitivity", "scenario", "assumption")
    yield "fct_roi_sensitivity", without_ties(x.sensitivity()), sensitivity
    curve = w.table("marts.fct_concession_curve", "price_concession")
    yield "fct_concession_curve", x.concession([key[0] for key in curve]), curve
    yield (
        "fct_margin_by_project_type",
        x.project_types(),
        w.table("marts.fct_margin_by_project_type", "project_type"),
    )
    effects = w.table("marts.fct_impact_effects", "intervention_id")
    yield "fct_impact_effects", impact.effects(), effects
    realised = w.table("marts.fct_forecast_vs_realised", "month_on")
    expected = impact.realised()
    for key, row in realised.items():  # months before the first end of a washout
        if key not in expected:
            expected[key] = {"realised_share": None, "realised_hours": None}
            assert row["forecast_hours"] is None
    yield "fct_forecast_vs_realised", expected, realised


def disagreements(seed: int, warehouse: Warehouse) -> list[Difference]:
    x = Expected(make_engagement(seed))
    return [
        difference
        for name, expected, got in compared(x, warehouse)
        for difference in differences(seed, name, expected, got)
    ]


def check(seed: int, replay: Replay) -> None:
    warehouse = replay.run(make_engagement(seed))
    try:
        found = disagreements(seed, warehouse)
    finally:
        warehouse.close()
    assert not found, f"{len(found)} figures differ:\n" + "\n".join(map(str, found[:SHOWN]))


@pytest.mark.parametrize("seed", range(30))
def test_dbt_agrees_with_the_reference(seed: int, replay: Replay) -> None:
    check(seed, replay)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(30, 200))
def test_dbt_agrees_with_the_reference_on_many_more(seed: int, replay: Replay) -> None:
    check(seed, replay)


def test_replayed_sql_fills_the_marts_as_dbt_does(replay: Replay, tmp_path: Path) -> None:
    """The cheap way of building is the true one: same rows in every mart, another seed than
    the one that the SQL was compiled on."""
    from orchestration.paths import Home

    engagement = make_engagement(8)
    built = build_by_dbt(engagement, tmp_path / "built", Home(replay.home))
    by_dbt, replayed = Warehouse.open(built), replay.run(engagement)
    marts = [step.name for step in replay.steps if step.schema == "marts"]
    assert "fct_roi_scenarios" in marts
    different = [
        name
        for name in marts
        if sorted(map(str, by_dbt.rows(f"marts.{name}")))
        != sorted(map(str, replayed.rows(f"marts.{name}")))
    ]
    assert not different
