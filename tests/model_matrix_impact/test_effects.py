"""Before and after: the test between teams, its power, verdicts and what they need."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.stats import t

from tests.model.engagement_rows import Tables
from tests.model_matrix_impact.conftest import Marts, Project
from tests.model_matrix_impact.impact_reference import (
    Panel,
    between_teams,
    deviation_before,
    log_change,
    smallest_saving,
)
from tests.model_matrix_impact.panel_rows import add_panel, month, panel_engagement, treat

PRE = [0, 1, 2]


def noisy_panel(
    seed: int, teams: int, months: int = 12, noise: float = 0.05
) -> tuple[Panel, Panel]:
    """Hours and units of teams that differ, with noise by month."""
    rng = np.random.default_rng(seed)
    units = rng.integers(20, 60, size=(teams, months)).astype(float)
    rate = np.exp(rng.normal(0, 0.3, size=(teams, 1)) + rng.normal(0, noise, size=(teams, months)))
    return np.round(units * rate, 6), units


def build(project: Project, tables: Tables, as_of_on: date) -> Marts:
    """The marts of before and after."""
    return project.run(
        tables,
        as_of_on,
        ["fct_impact_effects", "fct_impact_monthly", "fct_forecast_vs_realised"],
    )


def effect(built: Marts, name: str = "i1") -> dict[str, Any]:
    """The row of an effect."""
    return built.row(f"select * from marts.fct_impact_effects where intervention_id = '{name}'")


def test_the_effect_agrees_with_numpy_and_a_clear_saving_is_demonstrated(project: Project) -> None:
    hours, units = noisy_panel(1, teams=6)
    hours[:3, 4:] *= 0.6
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    treat(tables, range(3), month(3))
    built = build(project, tables, date(2026, 12, 31))
    change = log_change(hours, units, PRE, list(range(4, 12)))
    expected = between_teams(change[:3], change[3:])
    row = effect(built)
    assert row["effect_log"] == pytest.approx(expected.effect, rel=1e-9)
    assert row["saving"] == pytest.approx(1 - np.exp(expected.effect), rel=1e-9)
    assert row["saving_low"] == pytest.approx(1 - np.exp(expected.high), rel=1e-9, abs=1e-9)
    assert row["saving_high"] == pytest.approx(1 - np.exp(expected.low), rel=1e-9, abs=1e-9)
    assert row["mde"] == pytest.approx(smallest_saving(expected.deviation, 3, 3), rel=1e-9)
    assert (row["teams_count"], row["grade"], row["verdict"]) == (6, "B", "demonstrated")
    assert row["design"] == "between_teams"
    assert row["quality_verdict"] == "held"
    assert effect(built, "all")["effect_log"] == pytest.approx(expected.effect, rel=1e-9)
    # Hours that the same work would have taken, less those it took.
    realised = built.rows("select * from marts.fct_forecast_vs_realised order by month_on")
    assert [r["month_on"] for r in realised] == [month(number) for number in range(3, 12)]
    assert realised[0]["realised_share"] is None and realised[0]["realised_hours"] is None
    factor = np.exp(-expected.effect - expected.error**2 / 2) - 1
    assert realised[1]["realised_hours"] == pytest.approx(hours[:3, 4].sum() * factor, rel=1e-9)
    assert realised[1]["proven_hours"] == realised[1]["realised_hours"]
    assert realised[1]["realised_hours_low"] == pytest.approx(
        hours[:3, 4].sum() * (np.exp(-expected.high) - 1), rel=1e-9
    )
    assert realised[1]["is_provisional"]


def test_three_post_months_or_one_single_look_prove_nothing(project: Project) -> None:
    hours, units = noisy_panel(1, teams=6)
    hours[:3, 4:] *= 0.6
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    treat(tables, range(3), month(3))
    july = effect(build(project, tables, date(2026, 7, 31)))
    assert july["post_months_count"] == 3
    assert july["saving_low"] > 0
    assert july["verdict"] != "demonstrated"
    assert effect(build(project, tables, date(2026, 8, 31)))["verdict"] == "demonstrated"
    # The same data, but what the saving rests on arrived in the last month alone.
    hours, units = noisy_panel(1, teams=6, noise=0.01)
    hours[:3, 7] *= 0.1
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    treat(tables, range(3), month(3))
    late = effect(build(project, tables, date(2026, 8, 31)))
    before = log_change(hours, units, PRE, [4, 5, 6])
    assert between_teams(before[:3], before[3:]).high > 0
    assert late["saving_low"] > 0
    assert late["verdict"] != "demonstrated"


def test_before_roll_out_the_page_says_what_can_be_shown(project: Project) -> None:
    hours, units = noisy_panel(3, teams=6, noise=0.3)
    tables = panel_engagement(6)
    add_panel(tables, hours[:, :4], units[:, :4])
    treat(tables, range(3), month(3))
    row = effect(build(project, tables, date(2026, 4, 30)))
    y = np.log(hours[:, :3] / units[:, :3])
    expected = smallest_saving(deviation_before(y, washout=1, post=4), 3, 3)
    assert row["mde"] == pytest.approx(expected, rel=1e-8)
    # eligible .5 × gain .3 × adoption at the end of three years × (1 − review .15)
    assert row["expected_saving"] == pytest.approx(0.5 * 0.3 * 0.6 * 0.85, rel=1e-9)
    assert row["expected_saving"] < row["mde"]
    assert (row["verdict"], row["grade"], row["effect_log"]) == ("no_data", "E", None)


def test_washout_is_two_months_unless_started_on_the_first(project: Project) -> None:
    hours, units = noisy_panel(4, teams=4)
    tables = panel_engagement(4)
    add_panel(tables, hours, units)
    treat(tables, range(2), month(3, 2))
    row = effect(build(project, tables, date(2026, 12, 31)))
    change = log_change(hours, units, PRE, list(range(5, 12)))
    expected = between_teams(change[:2], change[2:])
    assert row["effect_log"] == pytest.approx(expected.effect, rel=1e-9)
    assert row["post_months_count"] == 7
    assert row["grade"] == "C"


def test_without_control_teams_only_teams_own_other_tasks_are_compared(project: Project) -> None:
    hours, units = noisy_panel(5, teams=3)
    hours[:, 4:] *= 0.5
    other_hours, other_units = noisy_panel(6, teams=3)
    tables = panel_engagement(3, ("task", "other"))
    add_panel(tables, hours, units)
    add_panel(tables, other_hours, other_units, "other")
    treat(tables, range(3), month(3))
    row = effect(build(project, tables, date(2026, 12, 31)))
    post = list(range(4, 12))
    difference = log_change(hours, units, PRE, post) - log_change(
        other_hours, other_units, PRE, post
    )
    half = t.ppf(0.95, 2) * difference.std(ddof=1) / np.sqrt(3)
    assert row["effect_log"] == pytest.approx(difference.mean(), rel=1e-9)
    assert row["effect_log_high"] == pytest.approx(difference.mean() + half, rel=1e-9)
    assert row["effect_log_high"] < 0
    assert (row["design"], row["grade"], row["verdict"]) == ("within_teams", "D", "inconclusive")


def test_one_treated_team_gets_no_interval_and_no_comparison_gets_nothing(project: Project) -> None:
    hours, units = noisy_panel(7, teams=3)
    tables = panel_engagement(3)
    add_panel(tables, hours, units)
    treat(tables, range(1), month(3))
    row = effect(build(project, tables, date(2026, 12, 31)))
    change = log_change(hours, units, PRE, list(range(4, 12)))
    assert row["effect_log"] == pytest.approx(change[0] - change[1:].mean(), rel=1e-9)
    assert (row["saving_low"], row["mde"], row["verdict"]) == (None, None, "inconclusive")
    treat(tables, range(1, 3), month(3))
    alone = effect(build(project, tables, date(2026, 12, 31)))
    assert (alone["effect_log"], alone["verdict"], alone["grade"]) == (None, "no_data", "E")


def test_a_team_treated_elsewhere_is_no_control(project: Project) -> None:
    hours, units = noisy_panel(8, teams=6)
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    treat(tables, range(2), month(3))
    treat(tables, range(2, 4), month(5), name="i2")
    built = build(project, tables, date(2026, 12, 31))
    first = log_change(hours, units, PRE, list(range(4, 12)))
    second = log_change(hours, units, PRE, list(range(6, 12)))
    assert effect(built)["effect_log"] == pytest.approx(
        first[:2].mean() - first[4:].mean(), rel=1e-9
    )
    assert effect(built, "i2")["effect_log"] == pytest.approx(
        second[2:4].mean() - second[4:].mean(), rel=1e-9
    )
    # All together: each treated team its own d, controls averaged over the months of both.
    treated = np.array([*first[:2], *second[2:4]])
    control = (first[4:] + second[4:]) / 2
    expected = between_teams(treated, control)
    row = effect(built, "all")
    assert row["effect_log"] == pytest.approx(expected.effect, rel=1e-9)
    assert row["effect_log_low"] == pytest.approx(expected.low, rel=1e-9)


def test_worse_quality_withdraws_the_time_claim(project: Project) -> None:
    hours, units = noisy_panel(1, teams=6)
    hours[:3, 4:] *= 0.6
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    for row in tables["deliverables"]:
        if row["team_id"] < "t03" and row["delivered_on"] >= month(4):
            row["versions"] *= 1.5
    treat(tables, range(3), month(3))
    built = build(project, tables, date(2026, 12, 31))
    row = effect(built)
    assert row["quality_ratio"] == pytest.approx(1.5)
    assert row["quality_verdict"] == "worse"
    assert row["is_time_claim_withdrawn"]
    assert row["verdict"] != "demonstrated"
    assert built.row("select sum(proven_hours) as p from marts.fct_forecast_vs_realised")["p"] == 0


def test_quality_interval_by_hand(project: Project) -> None:
    hours, units = noisy_panel(9, teams=4, months=6)
    tables = panel_engagement(4)
    add_panel(tables, hours, units)
    rng = np.random.default_rng(0)
    for row in tables["deliverables"]:
        row["versions"] = row["units"] * float(rng.integers(1, 5))
    treat(tables, range(2), month(3))
    row = effect(build(project, tables, date(2026, 6, 30)))
    sides: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for delivered in tables["deliverables"]:
        when = delivered["delivered_on"]
        if delivered["team_id"] < "t02" and when < month(3):
            sides[False].append((delivered["versions"], delivered["units"]))
        elif delivered["team_id"] < "t02" and when >= month(4):
            sides[True].append((delivered["versions"], delivered["units"]))
    rates, variances = {}, 0.0
    for side, rows in sides.items():
        versions, delivered_units = np.array(rows).T
        rates[side] = versions.sum() / delivered_units.sum()
        by_row = versions / delivered_units
        variances += (by_row.std(ddof=1) / by_row.mean()) ** 2 / len(by_row)
    ratio = np.log(rates[True] / rates[False])
    assert np.log(row["quality_ratio"]) == pytest.approx(ratio, rel=1e-9)
    assert np.log(row["quality_ratio_high"]) == pytest.approx(
        ratio + 1.645 * np.sqrt(variances), rel=1e-8
    )


def test_an_intervention_inside_the_baseline_is_measured_from_the_days_before(
    project: Project,
) -> None:
    hours, units = noisy_panel(10, teams=4)
    tables = panel_engagement(4)
    add_panel(tables, hours, units)
    treat(tables, range(2), month(2))
    treat(tables, range(2, 4), date(2025, 12, 1), name="long_ago")
    built = build(project, tables, date(2026, 12, 31))
    row = effect(built)
    assert (row["pre_months_count"], row["mde"]) == (2, None)
    assert effect(built, "long_ago")["verdict"] == "no_data"


def test_months_after_the_build_change_nothing(project: Project) -> None:
    hours, units = noisy_panel(11, teams=4)
    tables = panel_engagement(4)
    add_panel(tables, hours[:, :8], units[:, :8])
    treat(tables, range(2), month(3))
    early = build(project, tables, date(2026, 8, 31))
    add_panel(tables, hours * 9, units)
    for row in tables["timesheet_entries"][-12 * 4 * 5 :]:
        row["entry_id"] += "b"
    for row in tables["deliverables"][-12 * 4 :]:
        row["deliverable_id"] += "b"
    tables["timesheet_entries"] = [
        r for r in tables["timesheet_entries"]
        if not (r["entry_id"].endswith("b") and r["worked_on"] < month(8))
    ]  # fmt: skip
    tables["deliverables"] = [
        r for r in tables["deliverables"]
        if not (r["deliverable_id"].endswith("b") and r["delivered_on"] < month(8))
    ]  # fmt: skip
    treat(tables, range(2, 4), month(9), name="later")
    late = build(project, tables, date(2026, 8, 31))
    for table in ("fct_impact_effects", "fct_impact_monthly", "fct_forecast_vs_realised"):
        assert early.rows(f"from marts.{table}") == late.rows(f"from marts.{table}")
