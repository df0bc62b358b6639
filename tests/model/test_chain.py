"""What must hold over the whole chain, from rows to scenarios."""

import math
import random
from datetime import date, datetime

import pytest

from tests.model.engagement_rows import (
    CLIENT_VALUES,
    Tables,
    add_assumptions,
    add_day,
    add_form,
    add_person,
    add_task,
    engagement_tables,
)
from tests.model.invented_agency import invented_agency
from tests.model_matrix_impact.conftest import Marts, Project

END = date(2026, 12, 31)
CORE = [
    "dim_engagements", "dim_teams", "dim_tasks", "fct_baseline", "fct_hours_funnel",
    "fct_roi_monthly", "fct_roi_scenarios", "fct_roi_sensitivity", "fct_assumptions",
    "fct_concession_curve", "fct_margin_by_project_type", "fct_baseline_drift",
]  # fmt: skip


def one_team(**engagement: object) -> Tables:
    """Ten people who all declare 35 hours on one wholly eligible task; no timesheets."""
    tables = engagement_tables(**engagement)
    tables["teams"].append(
        {"team_id": "granit", "team_name": "Granit", "headcount": 10, "hourly_cost": 40}
    )
    add_task(tables, "posts", rule_share=1.0, horizon="now")
    for number in range(10):
        add_person(tables, f"p{number}", "granit")
        add_form(tables, f"p{number}", {"posts": 35})
    add_assumptions(
        tables, **CLIENT_VALUES, planned_hires={"granit": 9}, freelance_days={"granit": 0}
    )
    return tables


@pytest.fixture(scope="module")
def agency(project: Project) -> Marts:
    return project.run(invented_agency(1), END, CORE)


def test_base_case_by_hand(project: Project) -> None:
    """350 hours a week; each step, one hire and the NPV worked out without the model's help."""
    marts = project.run(one_team(), END, CORE)

    def adoption(month: int) -> float:
        def logistic(x: float) -> float:
            return 1 / (1 + math.exp(-0.9 * x))

        return 0.6 * (logistic(month - 4) - logistic(-4)) / (1 - logistic(-4))

    cell = marts.row("select * from marts.fct_baseline")
    assert (cell["calibrated_weekly_hours"], cell["hours_source"]) == (350, "declared")
    assert cell["calibrated_weekly_hours_low"] is None
    june = marts.row("select * from marts.fct_hours_funnel where month_index = 3")
    assert june["month_on"] == date(2026, 6, 1)
    assert june["gained_hours"] == pytest.approx(350 * 44 / 12 * 0.3, rel=1e-12)
    bankable = 350 * 44 / 12 * 0.3 * adoption(3) * 0.85 * 0.5
    assert june["bankable_hours"] == pytest.approx(bankable, rel=1e-9)

    hire_hours = 44 * 35 / 12
    npv = -(10 * 800 + 4 * 10 * 40)
    for month in range(1, 37):
        usable = 350 * 44 / 12 * 0.3 * adoption(month) * 0.85 * 0.5
        benefit = math.floor(usable / hire_hours + 1e-9) * hire_hours * 40
        npv += (benefit - 10 * 30 - 200) / 1.1 ** (month / 12)
    found = marts.row("select * from marts.fct_roi_scenarios where scenario = 'productivity'")
    assert found["npv_base"] == pytest.approx(npv, rel=1e-9)
    assert found["missing_inputs"] is None


def test_npv_is_the_sum_of_the_published_months(agency: Marts) -> None:
    """Late wins included: nothing of the NPV is hidden behind the last published month."""
    scenarios = agency.rows("select * from marts.fct_roi_scenarios")
    assert len(scenarios) == 3
    for scenario in scenarios:
        months = agency.rows(
            "select month_index, net from marts.fct_roi_monthly"
            f" where scenario = '{scenario['scenario']}'"
        )
        npv = sum(row["net"] / 1.1 ** (row["month_index"] / 12) for row in months)
        assert scenario["npv_base"] == pytest.approx(npv, rel=1e-9)


def test_ledger_no_hour_is_used_twice_in_any_case(agency: Marts) -> None:
    """Hours used and capacity share out the usable hours; neither is ever negative."""
    broken = agency.rows(
        "select * from intermediate.int_scenario_months_joined"
        " where abs(hours_used + capacity_hours - bankable_hours) > 1e-6"
        " or capacity_hours < -1e-6 or hours_used < -1e-6"
    )
    assert broken == []
    cases = agency.row("select count(distinct case_id) as n from intermediate.int_cases_valued")
    assert cases["n"] > 2020


def test_pooled_growth_stays_within_the_pool(project: Project) -> None:
    """With teams that can swap, the pool of teams with a need is never exceeded."""
    marts = project.run(invented_agency(1, teams_can_swap=True), END, ["fct_roi_scenarios"])
    over = marts.rows(
        "select growth.case_id from intermediate.int_growth_months as growth"
        " join (select case_id, month_index, sum(bankable_hours) as pool"
        "   from intermediate.int_case_hours_banked"
        "   where team_id in ('granit', 'basalte') group by all) as pools"
        " using (case_id, month_index) where growth.hours_used > pool + 1e-6"
    )
    assert over == []
    assert marts.row("select max(hours_used) as h from intermediate.int_growth_months")["h"] > 0


def test_funnel_of_all_cells_is_the_pool_of_the_scenarios(agency: Marts) -> None:
    """Folded rows included, bankable hours by month add up to hours used and capacity."""
    apart = agency.rows(
        "select * from (select month_index, sum(bankable_hours) as funnel"
        "   from marts.fct_hours_funnel group by 1)"
        " join marts.fct_roi_monthly using (month_index)"
        " where not is_after_horizon and abs(hours_used + capacity_hours - funnel) > 1e-6"
    )
    assert apart == []


def test_confirming_one_assumption_moves_no_other_draw(project: Project) -> None:
    """Each key has its fixed prime, whether it is varied or not."""
    tables = invented_agency(1)
    before = project.run(tables, END, ["int_cases_valued"])
    tables["assumptions"] = [a for a in tables["assumptions"] if a["assumption"] != "seats"]
    add_assumptions(tables, seats=12, review_share=0.2)
    after = project.run(tables, END, ["int_cases_valued"])
    draws = (
        "select * exclude (seats, review_share) from intermediate.int_cases_valued"
        " where case_kind = 'draw' order by case_id"
    )
    assert before.rows(draws) == after.rows(draws)


def test_without_any_range_all_draws_are_the_base(project: Project) -> None:
    tables = one_team()
    add_assumptions(
        tables, gain=0.3, eligible=1, adoption_max=0.6, adoption_half_time=4, review_share=0,
        bankable_share=0.5, seat_price=30, conversion_rate=0.3, cash_share=0.5,
        sales_lag_months=4,
    )  # fmt: skip
    marts = project.run(tables, END, ["fct_roi_scenarios", "fct_roi_sensitivity"])
    found = marts.row("select * from marts.fct_roi_scenarios where scenario = 'productivity'")
    assert found["npv_p10"] == found["npv_p50"] == found["npv_p90"] == found["npv_base"]
    assert marts.rows("select * from marts.fct_roi_sensitivity") == []


def test_loss_everywhere_never_pays_back(project: Project) -> None:
    tables = one_team()
    add_assumptions(tables, seat_price=900)
    marts = project.run(tables, END, ["fct_roi_scenarios"])
    found = marts.row("select * from marts.fct_roi_scenarios where scenario = 'productivity'")
    assert found["npv_p90"] < 0
    assert found["payback_months"] is None
    assert found["probability_positive"] == 0
    assert -1 <= found["roi"] < 0


def test_missing_inputs_empty_the_scenarios_that_use_them(project: Project) -> None:
    """Growth and margin lack what one_team does not give; seats are needed by all."""
    tables = one_team()
    marts = project.run(tables, END, ["fct_roi_scenarios", "fct_roi_monthly"])
    lacks = {
        row["scenario"]: row["missing_inputs"]
        for row in marts.rows("select * from marts.fct_roi_scenarios")
    }
    assert lacks == {
        "productivity": None,
        "growth": "hours_per_pitch, hours_per_project",
        "margin": "project_types",
    }
    assert marts.rows("select * from marts.fct_roi_monthly where scenario <> 'productivity'") == []
    tables["assumptions"] = [a for a in tables["assumptions"] if a["assumption"] != "seats"]
    marts = project.run(tables, END, ["fct_roi_scenarios"])
    found = marts.row("select * from marts.fct_roi_scenarios where scenario = 'productivity'")
    assert found["missing_inputs"] == "seats"
    assert found["npv_base"] is found["npv_p50"] is found["roi"] is found["hours_year_1"] is None


def test_engagement_without_any_hours_is_built_and_empty(project: Project) -> None:
    tables = one_team()
    tables["form_tasks"] = []
    marts = project.run(tables, END, CORE)
    assert marts.rows("select * from marts.fct_baseline") == []
    assert marts.rows("select * from marts.fct_hours_funnel") == []
    scenarios = marts.rows("select * from marts.fct_roi_scenarios")
    assert all("baseline_hours" in row["missing_inputs"] for row in scenarios)
    assert not marts.row("select * from marts.dim_teams")["is_covered"]
    assert marts.row("select * from marts.dim_engagements")["hours_mapped_share"] is None


def test_timesheets_alone_give_observed_hours(project: Project) -> None:
    """One person of ten logs 7 hours a day: 35 a week, 350 for the team."""
    tables = one_team()
    tables["form_responses"], tables["form_tasks"] = [], []
    for day in (5, 6, 7):
        add_day(tables, "p0", date(2026, 1, day), {"posts": 7})
    marts = project.run(tables, END, CORE)
    settled = marts.row("select * from intermediate.int_task_hours_settled")
    assert settled["calibrated_weekly_hours"] == pytest.approx(350)
    assert settled["hours_source"] == "observed"
    # Nobody answered, so figures of the agency only, and one person's hours are not shown.
    assert marts.row("select * from marts.dim_teams")["team_id"] == "agency"
    cell = marts.row("select * from marts.fct_baseline")
    assert (cell["task_id"], cell["calibrated_weekly_hours"]) == ("other_tasks", None)


def test_rows_after_the_month_do_not_count(project: Project) -> None:
    """The build as of January sees January only, whenever files arrived."""
    tables = one_team()
    for number, response in enumerate(tables["form_responses"]):
        response["submitted_at"] = datetime(2026, 1, 31) if number < 4 else datetime(2026, 2, 1)
    add_day(tables, "p0", date(2026, 1, 30), {"posts": 7})
    add_day(tables, "p1", date(2026, 2, 2), {"posts": 7})
    marts = project.run(tables, date(2026, 1, 31), ["dim_teams", "fct_baseline"])
    assert marts.row("select * from marts.dim_teams")["respondents_count"] == 4
    team = marts.row("select * from intermediate.int_teams_measured")
    assert team["persons_with_timesheets_count"] == 1


def test_frozen_baseline_is_used_and_drift_reported(project: Project) -> None:
    tables = one_team()
    day = date(2026, 4, 30)
    tables["frozen_freezes"] = [{"frozen_on": day, "freeze_hash": "abc"}]
    tables["frozen_teams"] = [
        {"frozen_on": day, "team_id": "granit", "published_team_id": "granit"}
    ]
    tables["frozen_baseline"] = [
        {"frozen_on": day, "team_id": "granit", "task_id": "posts",
         "calibrated_weekly_hours": 300.0, "hours_source": "calibrated"}
    ]  # fmt: skip
    marts = project.run(tables, END, CORE)
    assert not marts.row("select * from marts.dim_engagements")["is_provisional"]
    assert marts.row("select * from marts.fct_baseline")["calibrated_weekly_hours"] == 300
    drift = marts.row("select * from marts.fct_baseline_drift")
    assert (drift["frozen_hours"], drift["current_hours"]) == (300, 350)
    assert drift["reason"] == "inputs_changed"
    # A month before it does not know the freeze.
    marts = project.run(tables, date(2026, 3, 31), CORE)
    assert marts.row("select * from marts.dim_engagements")["is_provisional"]
    assert marts.row("select * from marts.fct_baseline")["calibrated_weekly_hours"] == 350


def test_values_do_not_depend_on_threads_or_row_order(project: Project) -> None:
    """Identical to the last bit, in the same order, at 1, 2 and 8 threads, inputs shuffled."""
    published = []
    for threads in (1, 2, 8):
        tables = invented_agency(2)
        for rows in tables.values():
            random.Random(threads).shuffle(rows)
        marts = project.run(tables, END, CORE, threads)
        published.append({mart: marts.rows(f"select * from marts.{mart}") for mart in CORE})
    assert published[0] == published[1] == published[2]
    assert len(published[0]["fct_hours_funnel"]) > 300
