"""What is published agrees with a second computation from the raw files alone."""

from pathlib import Path

import pytest

from tests.acceptance.conftest import Query
from tests.acceptance.raw_files import read_raw
from tests.acceptance.recompute import STEPS, Recomputation

# model.md: two implementations agree within 1e-9 relative or 1e-7 absolute.
_REL, _ABS = 1e-9, 1e-7
# Two teams, one task: from the baseline to usable hours, months 1 to 36.
_TASK = "compte_rendu_reunion"


@pytest.fixture(scope="module")
def ours(demo_home: Path) -> Recomputation:
    (enrichment,) = (demo_home / "lake" / "belle-ardoise" / "enrichment").iterdir()
    return Recomputation(read_raw(demo_home / "engagements" / "belle-ardoise", enrichment))


def _near(value: float) -> object:
    return pytest.approx(value, rel=_REL, abs=_ABS)


def test_the_re_export_replaces_what_it_edited_and_nothing_counts_twice(
    ours: Recomputation,
) -> None:
    """Adèle Aragonite's first entry of November: two hours, then corrected to two and a half."""
    day = [
        entry.hours
        for entry in ours.raw.entries
        if entry.email.startswith("adele.aragonite@") and entry.day.isoformat() == "2025-11-03"
    ]
    assert day.count(2.5) == 1
    assert sum(day) < 10


def test_calibrated_hours_of_each_cell(ours: Recomputation, published: Query) -> None:
    rows = published("from fct_baseline where folded_count = 0")
    assert len(rows) > 50
    for row in rows:
        cell = row["team_id"], row["task_id"]
        assert row["calibrated_weekly_hours"] == _near(ours.baseline.hours[cell]), cell
        assert row["hours_source"] == ours.baseline.sources[cell], cell
        if row["hours_source"] == "calibrated":
            assert row["calibration_ratio"] == _near(ours.baseline.ratios[row["task_id"]]), cell


def test_no_hour_is_lost_by_folding(ours: Recomputation, published: Query) -> None:
    rows = published(
        "select team_id, sum(calibrated_weekly_hours) as h from fct_baseline group by 1"
    )
    assert {row["team_id"] for row in rows} == set(ours.teams)
    for row in rows:
        hours = sum(h for (team, _), h in ours.baseline.hours.items() if team == row["team_id"])
        assert row["h"] == _near(hours), row["team_id"]


def test_roadmap_horizons(ours: Recomputation, published: Query) -> None:
    rows = published("select task_id, horizon from fct_roadmap")
    expected = {task: h for task, h in ours.horizons.items() if h != "never"}
    assert {row["task_id"]: row["horizon"] for row in rows} == expected


def test_impact_ease_and_quadrant(ours: Recomputation, published: Query) -> None:
    rows = published("select task_id, impact, ease, quadrant from fct_matrix")
    assert {row["task_id"] for row in rows} == set(ours.tasks)
    for row in rows:
        impact, ease, quadrant = ours.matrix(row["task_id"])
        assert row["quadrant"] == quadrant, row["task_id"]
        assert row["impact"] == (None if impact is None else _near(impact)), row["task_id"]
        assert row["ease"] == (None if ease is None else _near(ease)), row["task_id"]


@pytest.mark.parametrize("task", [_TASK, "declinaison_formats", "reporting_campagnes"])
def test_funnel_of_one_task_month_by_month_in_each_team(
    task: str, ours: Recomputation, published: Query
) -> None:
    rows = published(f"from fct_hours_funnel where task_id = '{task}'")
    teams = {team for team, of in ours.baseline.hours if of == task}
    assert {(row["team_id"], row["month_index"]) for row in rows} == {
        (team, month) for team in teams for month in ours.months
    }
    for row in rows:
        place = row["team_id"], row["month_index"]
        expected = ours.funnel_row(row["team_id"], task, row["month_index"])
        at_once = ours.steps(row["team_id"], task, ours.adoption(row["month_index"]))
        assert {step: row[step] for step in STEPS} == {s: _near(expected[s]) for s in STEPS}, place
        assert row["potential_hours"] == _near(at_once["bankable_hours"]), place


def test_usable_hours_of_each_team_and_month(ours: Recomputation, published: Query) -> None:
    rows = published(
        "select team_id, month_index, sum(bankable_hours) as usable from fct_hours_funnel"
        " where is_in_scope group by all"
    )
    assert len(rows) == len(ours.usable)
    for row in rows:
        place = row["team_id"], row["month_index"]
        assert row["usable"] == _near(ours.usable[place]), place


@pytest.mark.parametrize("scenario", ["productivity", "growth", "margin"])
def test_npv_payback_roi_and_hours_of_each_scenario(
    scenario: str, ours: Recomputation, published: Query
) -> None:
    (row,) = published(f"from fct_roi_scenarios where scenario = '{scenario}'")
    result = getattr(ours, scenario)()
    assert row["npv_base"] == _near(result.npv)
    assert row["payback_months"] == result.payback_months
    assert row["roi"] == _near(result.roi)
    assert row["hours_year_1"] == _near(sum(result.hours_used[:12]))
    assert row["hours_steady_year"] == _near(sum(result.hours_used[-12:]))
