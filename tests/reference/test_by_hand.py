"""The reference itself against numbers worked out by hand, in the comments.

One small engagement: two teams, one task in scope, figures that a pocket calculator can follow.
"""

from datetime import date, datetime, timedelta
from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest

from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from tests.reference.expected import Expected
from tests.reference.expected_impact import ExpectedImpact
from tests.reference.model_baseline import compute_baseline
from tests.reference.model_cases import make_cases, triangular
from tests.reference.model_funnel import ramp
from tests.reference.model_impact import Estimate, detectable, kappa_squared, quality_verdict
from tests.reference.model_inputs import Engagement, View, add_months, last_day

START, END = date(2026, 1, 1), date(2026, 1, 31)


def engagement(**raw: list[dict[str, Any]]) -> Engagement:
    """Two teams of four and two; the task `mise_en_page`, half of it rules."""
    tables: dict[str, list[dict[str, Any]]] = {table: [] for table in RAW_TABLES}
    enrichment: dict[str, list[dict[str, Any]]] = {table: [] for table in ENRICHMENT_TABLES}
    tables["engagement"] = [
        {"priority": "margin", "timezone": "Europe/Paris", "baseline_start": START,
         "baseline_end": END, "programme_start": date(2026, 2, 1), "weekly_hours": 35.0,
         "teams_can_swap": False, "min_group": 1}
    ]  # fmt: skip
    tables["teams"] = [
        {"team_id": "a", "headcount": 4.0, "hourly_cost": 40.0},
        {"team_id": "b", "headcount": 2.0, "hourly_cost": 25.0},
    ]
    tables["people"] = [
        {"person_id": p, "team_id": p[0], "weekly_hours": None, "started_on": None, "left_on": None}
        for p in ("a1", "a2", "a3", "b1")
    ]
    enrichment["tasks"] = [{"task_id": t} for t in ("mise_en_page", "veille")]
    enrichment["task_tags"] = [
        {"task_id": t, "nature": "rule_based", "rule_share": 0.5, "is_waiting": False}
        for t in ("mise_en_page", "veille")
    ]
    enrichment["task_matches"] = [
        {"source": source, "label": label, "task_id": task}
        for source in ("form", "timesheet", "deliverable")
        for label, task in (("maquette", "mise_en_page"), ("veille", "veille"), ("cp", "absence"))
    ]
    return Engagement("agence-granit", last_day(END), {**tables, **raw}, enrichment)


def forms(hours: dict[str, dict[str, float]]) -> dict[str, list[dict[str, Any]]]:
    return {
        "form_responses": [
            {"response_id": p, "person_id": p, "wave": "baseline",
             "submitted_at": datetime(2026, 1, 20, 12)}
            for p in hours
        ],
        "form_tasks": [
            {"response_id": p, "label": label, "weekly_hours": h}
            for p, of_person in hours.items()
            for label, h in of_person.items()
        ],
    }  # fmt: skip


def days(person: str, label: str, hours: float, count: int) -> list[dict[str, Any]]:
    return [
        {"person_id": person, "label": label, "hours": hours,
         "worked_on": date(2026, 1, 5) + timedelta(days=i)}
        for i in range(count)
    ]  # fmt: skip


def test_declared_hours_are_capped_and_extrapolated() -> None:
    # a1 declares 28 + 14 = 42 over a contract of 35: capped by 35/42 to 23.333 and 11.667.
    # a2 declares 15 + 5, below the contract. D is empty: R̃ = 1, no interval.
    # Team a: H(maquette) = 4/2 · (23.333 + 15) = 76.667.
    view = View(engagement(**forms({"a1": {"maquette": 28, "veille": 14}, "a2": {"maquette": 15}})))
    base = compute_baseline(view)
    cell = base.cells["a", "mise_en_page"]
    assert cell.hours == pytest.approx(4 / 2 * (28 * 35 / 42 + 15))
    assert (cell.source, cell.low, base.respondents) == ("declared", None, {"a": 2, "b": 0})
    assert base.declared_to_contract["a"] == pytest.approx((42 + 15) / 70)


def test_observed_hours_are_per_full_week_without_absences() -> None:
    # b1: 4 days of 7 h, then one day of absence: 28 / (4 / 5) = 35 a week, alone in a team of 2.
    absence = {"person_id": "b1", "label": "cp", "hours": 7.0, "worked_on": date(2026, 1, 9)}
    timesheet = [*days("b1", "maquette", 7.0, 4), absence]
    base = compute_baseline(View(engagement(timesheet_entries=timesheet)))
    cell = base.cells["b", "mise_en_page"]
    assert (cell.source, cell.hours) == ("observed", pytest.approx(70))


def test_calibration_is_shrunk_and_the_interval_follows() -> None:
    # Three persons of a, each five days. Observed per week: a1 35 maquette, a2 30 maquette and
    # 5 veille, a3 35 maquette. Declared: 35, 20 + 15, 25 + 10 (no cap). R̄ = 105/105 = 1.
    # maquette: Σs = 100, Σf = 80, n = 3, m = 80/3; R̃ = (100 + 5m)/(80 + 5m) = 233.33/213.33.
    hours = {
        "a1": {"maquette": 35.0},
        "a2": {"maquette": 20.0, "veille": 15.0},
        "a3": {"maquette": 25.0, "veille": 10.0},
    }
    timesheet = (
        days("a1", "maquette", 7.0, 5)
        + days("a2", "maquette", 6.0, 5)
        + days("a2", "veille", 1.0, 5)
        + days("a3", "maquette", 7.0, 5)
    )
    base = compute_baseline(View(engagement(timesheet_entries=timesheet, **forms(hours))))
    cell = base.cells["a", "mise_en_page"]
    assert cell.ratio == pytest.approx((100 + 400 / 3) / (80 + 400 / 3))
    assert cell.hours == pytest.approx(cell.ratio * 4 / 3 * 80)
    # R = 1.25; residuals 35 − 43.75 = −8.75, 30 − 25 = 5, 35 − 31.25 = 3.75: Σ² = 115.625.
    # ε² = 115.625 / (3·2·(80/3)²) / 1.25²; var f = 58.333; v = (1 − 3/4)·58.333/(3·(80/3)²).
    epsilon2 = 115.625 / (6 * (80 / 3) ** 2) / 1.25**2
    v = 0.25 * (175 / 3) / (3 * (80 / 3) ** 2)
    assert cell.high == pytest.approx(cell.hours * exp(1.645 * sqrt(epsilon2 + v)))
    assert cell.low == pytest.approx(cell.hours * exp(-1.645 * sqrt(epsilon2 + v)))


def test_adoption_starts_at_zero_and_reaches_half_about_the_half_time() -> None:
    # k·t50 = 3.6: σ(−3.6) = .026597; at t = 4 (0.5 − .026597)/(1 − .026597) = .486338.
    shape = ramp(np.array([0.0, 4.0, 60.0]), np.array([4.0]))[0]
    assert shape == pytest.approx([0, 0.4863380, 1], abs=1e-6)


def test_draws_and_their_inverse_triangular_distribution() -> None:
    # Draw 1 of adoption_half_time (prime 2): frac(.5 + 1.414214) = .914214.
    assert make_cases(set()).uniforms["adoption_half_time"][0] == pytest.approx(0.9142135624)
    # a = 0, m = 1, b = 4: F = .25; u = .16 → sqrt(.16·4·1) = .8; u = .75 → 4 − sqrt(.25·4·3).
    got = triangular(np.array([0.16, 0.75]), 0, 1, 4)
    assert got == pytest.approx([0.8, 4 - sqrt(3)])


def with_money(**extra: float) -> Engagement:
    """Team a: 100 declared hours a week of one task, flat adoption, costs of 100 a month."""
    values = {
        "gain": 0.4, "eligible": 1, "adoption_max": 0.5, "adoption_half_time": 0.0001,
        "review_share": 0, "bankable_share": 0.5, "seats": 2, "seat_price": 25,
        "run_cost_per_month": 50, "implementation_days": 1, "implementation_day_rate": 1000,
        "training_hours_per_seat": 0, "horizon_months": 12, "discount_rate": 0,
        "freelance_day_rate": 300, "working_weeks": 48, "cash_share": 0.5,
        "conversion_rate": 0.5, "average_project_value": 2000, "external_cost_share": 0.25,
        "extra_pitches_per_year": 120, "pitch_cash_cost": 10, "sales_lag_months": 2, **extra,
    }  # fmt: skip
    maps = {
        "planned_hires": 1, "freelance_days": 12, "hours_per_pitch": 4, "hours_per_project": 12,
    }  # fmt: skip
    rows = [
        {"assumption": key, "team_id": None, "low": v, "base": v, "high": v}
        for key, v in values.items()
    ] + [
        {"assumption": key, "team_id": "a", "low": v, "base": v, "high": v}
        for key, v in maps.items()
    ]
    hours = {"a1": {"maquette": 25.0}, "a2": {"maquette": 25.0}}
    made = engagement(assumptions=rows, **forms(hours))
    made.raw["decision_tasks"] = [{"task_id": "mise_en_page", "horizon": "now"}]
    made.raw["project_types"] = [
        {"project_type": "p", "price": 1000.0, "annual_volume": 12.0, "external_cost": 200.0}
    ]
    made.raw["project_type_hours"] = [{"project_type": "p", "team_id": "a", "hours": 50.0}]
    return made


# H = 4/2·50 = 100 a week = 400 a month (48 weeks); × .5 eligible × .4 gain × A × .5 banked.
# With t50 ≈ 0: A(t) = .5·(σ(.9t) − .5)/.5, so A(12) ≈ .5 and A(1) = .5·.421899.
LATE = 400 * 0.5 * 0.4 * 0.5 * 0.5  # 20 usable hours a month in the end


def test_productivity_counts_whole_hires_then_freelancers_then_capacity() -> None:
    # A hire is 48·35/12 = 140 h: none from 20 h. Freelancers 12 days a year: 7 h a month, at
    # 300/7 an hour: 300. What remains, 13 h, is capacity at 40: in no benefit.
    x = Expected(with_money())
    flows = x.outcomes["productivity"].flows  # type: ignore[union-attr]
    assert x.usable["a"][0, -1] == pytest.approx(LATE, abs=2e-3)
    assert flows.benefit[0, -1] == pytest.approx(300)
    assert flows.capacity_hours[0, -1] == pytest.approx(13, abs=2e-3)  # type: ignore[index]
    # Undiscounted NPV: −1000 + 12·(300 − 100) = 1400; every month has at least 7 usable hours.
    assert x.usable["a"][0, 0] == pytest.approx(LATE * 0.421899, rel=1e-3)
    outcome = x.outcomes["productivity"]
    assert outcome is not None and outcome.npv[0] == pytest.approx(1400)
    assert outcome.payback == 5  # −1000 + 5·200 = 0
    assert outcome.roi == pytest.approx((3600 - 2200) / 2200)


def test_growth_pays_after_the_lag_also_beyond_the_horizon() -> None:
    # need = 4 + .5·12 = 10 h a pitch: 2 pitches a month in the end, 1 win after two months,
    # 2000·.75 = 1500, less 2·10 of cash. Wins of all twelve months count, two of them late.
    x = Expected(with_money())
    flows = x.outcomes["growth"].flows  # type: ignore[union-attr]
    pitches = flows.extra["pitches"][0]
    assert pitches[-1] == pytest.approx(2, abs=1e-3)
    assert flows.benefit[0, 0] == pytest.approx(-10 * pitches[0])
    assert flows.benefit[0, -1] == pytest.approx(750 * pitches[-3] - 10 * pitches[-1])
    outcome = x.outcomes["growth"]
    assert outcome is not None
    assert outcome.npv[0] == pytest.approx(-2200 + pitches.sum() * (750 - 10))


def test_margin_takes_the_share_of_hours_that_projects_have() -> None:
    # H·W = 4800 a year, projects take 600: s = 20/400 = .05, share_j = 1: saved = 600/12·.05·40 =
    # 100 a month in the end, half of it cash. 5 % conceded on fees of 12·800: 40 a month.
    x = Expected(with_money(price_concession=0.05))
    outcome = x.outcomes["margin"]
    assert outcome is not None and outcome.flows.analytic is not None
    assert outcome.flows.benefit[0, -1] == pytest.approx(50 - 40, abs=0.02)
    assert outcome.flows.analytic[0, -1] == pytest.approx(100 - 40, abs=0.02)


def test_a_missing_required_input_makes_its_scenario_null_and_is_named() -> None:
    made = with_money()
    made.raw["assumptions"] = [
        r for r in made.raw["assumptions"] if r["assumption"] != "pitch_cash_cost"
    ]
    x = Expected(made)
    assert x.outcomes["growth"] is None and x.outcomes["productivity"] is not None
    assert x.scenarios()["growth",]["missing_inputs"] == "pitch_cash_cost"


def test_axes_caps_and_bands() -> None:
    # impact, margin: .6·5 + .4·(.5·5 + .15·3 + .35·4) = 4.74. ease: mean 4.2, capped at 3 by
    # risk 2, so the middle band: to investigate. With risk 5 the mean is 4.8: a quick win.
    scores = {"faster": 5, "better": 3, "consistent": 4, "solution": 5, "data": 5,
              "integration": 5, "risk": 2, "horizon": 4}  # fmt: skip
    made = with_money()
    for risk, ease, quadrant in ((2, 3, "to_investigate"), (5, 4.8, "quick_win")):
        made.raw["decision_scores"] = [
            {"rater": "r", "task_id": "mise_en_page", "criterion": c, "score": float(s)}
            for c, s in {**scores, "risk": risk}.items()
        ]
        placed = Expected(made).matrix["mise_en_page"]
        assert placed.impact == pytest.approx(4.74)
        assert (placed.ease, placed.quadrant) == (pytest.approx(ease), quadrant)


def test_difference_in_differences_by_hand() -> None:
    # Treated teams halve their hours per unit (d = −ln 2 and −ln 2 + .2), controls 0 and .1:
    # δ̂ = −ln 2 + .1 − .05; pooled variance (.02 + .005)/2; se = sqrt(.0125); df 2, t.95 = 2.920.
    treated, controls = {"a": -log(2), "b": -log(2) + 0.2}, {"c": 0.0, "d": 0.1}
    estimate = Estimate("teams", treated, controls, -log(2) + 0.05, sqrt(0.0125), sqrt(0.0125), 2)
    assert estimate.interval is not None
    assert estimate.interval[1] == pytest.approx(-log(2) + 0.05 + 2.919986 * sqrt(0.0125))
    # MDE 1 − exp(−(2.919986 + 1.060660)·sqrt(.0125)·1) = .3592.
    assert detectable(estimate, 3) == pytest.approx(0.3592, abs=1e-4)
    assert detectable(estimate, 2) is None


def test_effects_from_rows_to_verdict() -> None:
    # Four teams, one person each, 10 h a month. Units a month before: 10 everywhere; after the
    # start: 20 and 25 in a and b, 10 and 11 in c and d. δ̂ = (−ln 2 − ln 2.5 + ln 1.1)/2.
    made = engagement()
    made.as_of_on = date(2026, 9, 30)
    made.raw["engagement"][0] |= {"baseline_end": date(2026, 3, 31)}
    made.raw["teams"] = [{"team_id": t, "headcount": 1.0, "hourly_cost": 40.0} for t in "abcd"]
    made.raw["people"] = [
        {"person_id": t, "team_id": t, "weekly_hours": None, "started_on": None, "left_on": None}
        for t in "abcd"
    ]
    after = {"a": 20.0, "b": 25.0, "c": 10.0, "d": 11.0}
    for index in range(9):
        on = add_months(START, index)
        for team in "abcd":
            units = 10.0 if index < 3 else after[team]
            made.raw["timesheet_entries"].append(
                {"person_id": team, "label": "maquette", "hours": 10.0, "worked_on": on}
            )
            made.raw["deliverables"].append(
                {"team_id": team, "label": "maquette", "delivered_on": on, "units": units,
                 "versions": 2 * units}
            )  # fmt: skip
    made.raw["decision_interventions"] = [
        {"intervention_id": "essai", "task_id": "mise_en_page", "team_id": team,
         "started_on": date(2026, 4, 1), "planned_gain": None, "is_randomised": False}
        for team in "ab"
    ]  # fmt: skip
    row = ExpectedImpact(Expected(made)).effects()["essai",]
    effect = (-log(2) - log(2.5) + log(1 / 1.1) * -1) / 2
    assert row["effect_log"] == pytest.approx(effect)
    # d of the treated differ by ln 1.25, of the controls by ln 1.1: pooled s² = (.0249 + .0045)/2.
    error = sqrt((log(1.25) ** 2 / 2 + log(1.1) ** 2 / 2) / 2)
    assert row["saving_low"] == pytest.approx(1 - exp(effect + 2.9199856 * error))
    # Washout April alone, post May to September: five months, the same in August: demonstrated.
    assert (row["verdict"], row["grade"], row["quality_verdict"]) == ("demonstrated", "C", "held")


def test_kappa_of_independent_halves_and_the_quality_guard() -> None:
    # Two pre, two post months far apart: C is two blocks [[1, .3], [.3, 1]]; w'Cw = 2·(1.3/2) =
    # 1.3, tr(MC)/(P − 1) = 2 − 1.3 = .7: κ² = 1.857.
    pre, post = [date(2020, 1, 1), date(2020, 2, 1)], [date(2026, 1, 1), date(2026, 2, 1)]
    assert kappa_squared(pre, post) == pytest.approx(1.3 / 0.7)
    assert quality_verdict((0.1, 0.05, 0.15)) == "held"  # upper bound below ln 1.20 = .1823
    assert quality_verdict((0.3, 0.1, 0.5)) == "worse"
    assert quality_verdict((0.1, -0.1, 0.3)) == "unproven"
