"""Engagements with a piece missing: each comes out with what it has, and says what it lacks.

No timesheets, no form, one team, zero hours, no range and losses everywhere stand in test_chain;
no controls and a start inside the baseline in model_matrix_impact.
"""

from datetime import date, datetime

import pytest

from tests.model.engagement_rows import add_form, add_person, add_task
from tests.model.test_chain import CORE, END, one_team
from tests.model_matrix_impact.conftest import Project
from tests.model_matrix_impact.panel_rows import add_panel, month, panel_engagement, treat
from tests.model_matrix_impact.test_effects import build, effect, noisy_panel


def test_one_respondent_stands_for_his_team_without_an_interval(project: Project) -> None:
    tables = one_team()
    tables["form_responses"] = tables["form_responses"][:1]
    marts = project.run(tables, END, CORE)
    cell = marts.row("select * from intermediate.int_task_hours_calibrated")
    assert cell["calibrated_weekly_hours"] == pytest.approx(350)
    assert cell["calibrated_weekly_hours_low"] is None
    team = marts.row("select * from marts.dim_teams")
    assert (team["respondents_count"], team["response_rate"]) == (1, 0.1)
    # One person's hours are not shown, but they carry the scenario.
    assert marts.row("select * from marts.fct_baseline")["calibrated_weekly_hours"] is None
    npv = "select npv_base from marts.fct_roi_scenarios where scenario = 'productivity'"
    whole = project.run(one_team(), END, ["fct_roi_scenarios"])
    assert marts.row(npv)["npv_base"] == pytest.approx(whole.row(npv)["npv_base"], rel=1e-9)


def test_a_silent_team_has_no_hours_and_is_listed_as_not_covered(project: Project) -> None:
    tables = one_team()
    tables["teams"].append(
        {"team_id": "opale", "team_name": "Opale", "headcount": 4, "hourly_cost": 30}
    )
    add_person(tables, "silent", "opale")
    marts = project.run(tables, END, CORE)
    covered = marts.rows(
        "select team_id, is_covered from intermediate.int_teams_measured order by 1"
    )
    assert [row["is_covered"] for row in covered] == [True, False]
    hours = marts.rows("select distinct team_id from intermediate.int_task_hours_calibrated")
    assert hours == [{"team_id": "granit"}]
    # Who did not answer is shown with the others, and said not to be covered.
    team = marts.row("select * from marts.dim_teams")
    assert (team["is_merged"], team["is_covered"]) == (True, False)
    assert marts.row("select * from marts.fct_baseline")["calibrated_weekly_hours"] == 350


def test_a_task_nobody_does_is_listed_and_promises_nothing(project: Project) -> None:
    tables = one_team()
    add_task(tables, "orphan", rule_share=1.0, horizon="now")
    with_orphan = project.run(tables, END, [*CORE, "fct_matrix"])
    without = project.run(one_team(), END, CORE)
    task = with_orphan.row("select * from marts.fct_matrix where task_id = 'orphan'")
    assert (task["faster"], task["bankable_hours_year"], task["is_selected"]) == (1, None, False)
    months = "select count(*) as n from marts.fct_hours_funnel where task_id = 'orphan'"
    assert with_orphan.row(months)["n"] == 0
    npv = "select npv_p50 from marts.fct_roi_scenarios where scenario = 'productivity'"
    assert with_orphan.row(npv) == without.row(npv)


def test_a_month_without_data_is_no_month_of_zero_hours(project: Project) -> None:
    hours, units = noisy_panel(1, teams=6)
    hours[:3, 4:] *= 0.6
    hours[:, 6] = units[:, 6] = 0
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    treat(tables, range(3), month(3))
    built = build(project, tables, END)
    row = effect(built)
    assert row["verdict"] == "demonstrated"
    july = "select * from marts.{} where month_on = date '2026-07-01'"
    assert {r["hours_per_unit"] for r in built.rows(july.format("fct_impact_monthly"))} <= {None}
    realised = built.row(july.format("fct_forecast_vs_realised"))
    assert realised["realised_hours"] in (None, 0)


def test_without_deliverables_nothing_is_claimed(project: Project) -> None:
    hours, units = noisy_panel(1, teams=6)
    tables = panel_engagement(6)
    add_panel(tables, hours, units)
    tables["deliverables"] = []
    treat(tables, range(3), month(3))
    built = build(project, tables, END)
    row = effect(built)
    assert (row["verdict"], row["grade"], row["quality_verdict"]) == ("no_data", "E", "unproven")
    assert row["saving"] is row["saving_low"] is row["mde"] is row["quality_ratio"] is None
    marts = project.run(tables, END, ["fct_baseline"])
    cells = marts.rows("select units_per_month, hours_per_unit from marts.fct_baseline")
    assert cells and all(value is None for cell in cells for value in cell.values())


def test_an_english_engagement_in_pounds_and_another_time_zone(project: Project) -> None:
    """Three in the morning of 1 February in London is still January in New York."""
    tables = one_team(language="en", currency="GBP", timezone="America/New_York")
    tables["form_responses"], tables["form_tasks"] = [], []
    for number in range(10):
        late = datetime(2026, 2, 1, 3) if number < 5 else datetime(2026, 2, 1, 8)
        add_form(tables, f"p{number}", {"posts": 35}, submitted_at=late)
    marts = project.run(tables, date(2026, 1, 31), [*CORE, "fct_evidence"])
    assert marts.row("select * from marts.dim_teams")["respondents_count"] == 5
    told = marts.row("select currency, language from marts.dim_engagements")
    assert told == {"currency": "GBP", "language": "en"}
    counted = marts.row(
        "select quote from marts.fct_evidence where subject_type = 'task' and source_kind = 'form'"
    )
    assert counted["quote"] == "5 answers in the form"
