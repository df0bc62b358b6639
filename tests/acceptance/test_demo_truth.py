"""The pipeline finds what was planted in the demo, and claims nothing beyond it."""

from statistics import median
from typing import Any

import pytest

from demo.generate import true_weekly_hours
from demo.hours import true_effects
from tests.acceptance.conftest import Query

_SCENARIOS = ("productivity", "growth", "margin")


@pytest.fixture(scope="module")
def effects(published: Query) -> dict[str, dict[str, Any]]:
    rows = published("from fct_impact_effects where intervention_id <> 'all'")
    return {str(row["task_ids"]): row for row in rows}


def test_the_clear_saving_is_demonstrated_and_its_interval_holds_the_truth(
    effects: dict[str, dict[str, Any]],
) -> None:
    found, truth = effects["compte_rendu_reunion"], true_effects()["compte_rendu_reunion"]
    assert found["verdict"] == "demonstrated"
    assert found["saving_low"] <= truth.saving <= found["saving_high"]
    assert found["quality_verdict"] == "held"
    assert not found["is_time_claim_withdrawn"]


def test_the_intervention_without_effect_is_not_demonstrated(
    effects: dict[str, dict[str, Any]],
) -> None:
    found = effects["veille_concurrentielle"]
    assert true_effects()["veille_concurrentielle"].saving == 0
    assert found["verdict"] in {"not_demonstrable", "inconclusive"}
    assert found["saving_low"] <= 0 <= found["saving_high"]


def test_hours_saved_at_the_price_of_more_versions_are_no_claim(
    effects: dict[str, dict[str, Any]],
) -> None:
    found, truth = effects["redaction_contenus"], true_effects()["redaction_contenus"]
    assert found["quality_verdict"] == "worse"
    low, high = found["quality_ratio_low"], found["quality_ratio_high"]
    assert low <= truth.versions_ratio <= high
    assert found["is_time_claim_withdrawn"]


def test_only_demonstrated_hours_count_as_proven(published: Query) -> None:
    rows = published("from fct_forecast_vs_realised where realised_hours is not null")
    assert len(rows) == 8  # February, the month after the start, to September
    for row in rows:
        assert 0 < row["proven_hours"] < row["realised_hours"], row["month_on"]
        assert row["realised_hours_low"] <= row["realised_hours"] <= row["realised_hours_high"]


def test_calibrated_hours_lie_near_the_true_hours(published: Query) -> None:
    """Declared hours lie, timesheets forget: what comes out is near, but not the truth itself.

    Half of the cells lie within 15 % (seen: 12 %), the agency's total within 12 % (seen: +9.5 %)
    and each team's within 20 %, for three reasons that are planted or follow from section 1:
    people declare their eight largest tasks only, habits differ by 18 %, and the ratio of a task,
    raised by people who forgot it, is laid over the teams that did not.
    """
    true = true_weekly_hours()
    rows = published("from fct_baseline where task_id not in ('unmapped', 'other_tasks')")
    found = {(row["team_id"], row["task_id"]): row["calibrated_weekly_hours"] for row in rows}
    assert found.keys() <= true.keys()
    assert len(found) >= 0.9 * len(true)
    assert median(abs(found[cell] / true[cell] - 1) for cell in found) < 0.15
    assert sum(found.values()) == pytest.approx(sum(true[cell] for cell in found), rel=0.12)
    for team in {team for team, _ in found}:
        cells = [cell for cell in found if cell[0] == team]
        total = sum(true[cell] for cell in cells)
        assert sum(found[cell] for cell in cells) == pytest.approx(total, rel=0.2), team


def test_recruitment_is_avoided_and_never_more_than_was_planned(published: Query) -> None:
    (row,) = published("from fct_roi_scenarios where scenario = 'productivity'")
    (planned,) = published(
        "select sum(base) as hires from fct_assumptions where assumption = 'planned_hires'"
    )
    assert 1 <= row["hires_avoided_steady"] <= planned["hires"]


@pytest.mark.parametrize("scenario", _SCENARIOS)
def test_hours_used_never_exceed_the_hours_of_the_funnel(scenario: str, published: Query) -> None:
    usable = published(
        "select month_index, sum(bankable_hours) as hours from fct_hours_funnel"
        " where is_in_scope group by 1"
    )
    of_month = {row["month_index"]: row["hours"] for row in usable}
    rows = published(f"from fct_roi_monthly where scenario = '{scenario}' and month_index > 0")
    inside = [row for row in rows if row["month_index"] in of_month]
    assert len(inside) == 36
    for row in inside:
        at_hand = of_month[row["month_index"]]
        assert row["hours_used"] <= at_hand * (1 + 1e-9)
        assert row["hours_used"] + row["capacity_hours"] == pytest.approx(at_hand, rel=1e-9)
    for row in rows:
        assert row["hours_used"] is None or row["month_index"] in of_month


def test_each_step_of_the_funnel_only_takes_hours_away(published: Query) -> None:
    steps = (
        "bankable_hours", "net_hours", "adopted_hours", "gained_hours", "eligible_hours",
        "baseline_hours",
    )  # fmt: skip
    for row in published("from fct_hours_funnel"):
        hours = [0.0, *(row[step] for step in steps)]
        assert hours == sorted(hours), row
        assert 0 <= row["potential_hours"] <= row["gained_hours"], row
        assert row["bankable_hours"] <= row["potential_hours"] + 1e-9, row


def test_no_figure_is_negative_that_cannot_be(published: Query) -> None:
    for row in published("from fct_roi_monthly"):
        for column in ("cost", "revenue", "hours_used", "capacity_hours", "capacity_value"):
            assert row[column] is None or row[column] >= 0, (column, row)
        assert row["adoption"] is None or 0 <= row["adoption"] <= 1, row
    for row in published("from fct_roi_scenarios"):
        for column in (
            "hours_year_1", "hours_steady_year", "fte_steady", "hires_avoided_steady",
            "break_even_concession", "break_even_concession_gross", "extra_pitches",
            "extra_projects",
        ):  # fmt: skip
            assert row[column] is None or row[column] >= 0, (column, row)
        assert row["npv_p10"] <= row["npv_p50"] <= row["npv_p90"], row
        assert 0 <= row["probability_positive"] <= 1, row
        assert row["hours_used_share"] is None or 0 <= row["hours_used_share"] <= 1, row
    for row in published("from fct_baseline"):
        hours = row["calibrated_weekly_hours"]
        low, high = row["calibrated_weekly_hours_low"], row["calibrated_weekly_hours_high"]
        assert hours >= 0, row
        assert low is None or 0 < low <= hours <= high, row


def test_total_hours_per_person_fit_into_a_working_week(published: Query) -> None:
    """Nobody works 45 hours a week on average: a team above that is an error, not a finding."""
    rows = published(
        "select team_id, sum(calibrated_weekly_hours) / any_value(dim_teams.headcount) as hours"
        " from fct_baseline join dim_teams using (team_id) group by 1"
    )
    assert len(rows) == 6
    for row in rows:
        assert 28 < row["hours"] < 45, row["team_id"]


def test_the_committee_s_votes_are_those_that_were_cast(published: Query) -> None:
    """Two for productivity, one for margin; "la marge, c'est la conséquence" is no vote."""
    votes = {row["priority"]: row["votes_count"] for row in published("from fct_alignment")}
    assert votes == {"productivity": 2, "margin": 1, "growth": 0}
