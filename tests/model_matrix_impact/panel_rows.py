"""Engagements whose teams log hours and deliver units month by month.

Belongs here: turning a panel of hours and units into raw rows. Does not belong here: expectations.
"""

from datetime import date
from typing import Any

from tests.model.engagement_rows import (
    CLIENT_VALUES,
    Tables,
    add_assumptions,
    add_person,
    add_task,
    engagement_tables,
)
from tests.model_matrix_impact.impact_reference import Panel


def month(number: int, day: int = 1) -> date:
    """The month `number` of 2026, from 0."""
    return date(2026, number + 1, day)


def panel_engagement(teams: int, tasks: tuple[str, ...] = ("task",), **engagement: Any) -> Tables:
    """An engagement of teams t00, t01, … with five people each and the given tasks."""
    tables = engagement_tables(**engagement)
    add_assumptions(tables, **CLIENT_VALUES)
    for task in tasks:
        add_task(tables, task, rule_share=0.5)
    for number in range(teams):
        team = f"t{number:02d}"
        tables["teams"].append(
            {"team_id": team, "team_name": team, "headcount": 5.0, "hourly_cost": 40.0}
        )
        for person in range(5):
            add_person(tables, f"{team}-{person}", team)
    return tables


def add_panel(tables: Tables, hours: Panel, units: Panel, task: str = "task") -> None:
    """Add hours (spread over five people) and units of each team (row) and month (column)."""
    for team_number in range(hours.shape[0]):
        team = f"t{team_number:02d}"
        for number in range(hours.shape[1]):
            for person in range(5):
                tables["timesheet_entries"].append(
                    {"entry_id": f"{task}{team}{number:02d}{person}", "label": task,
                     "person_id": f"{team}-{person}", "worked_on": month(number, 10),
                     "hours": float(hours[team_number, number]) / 5}
                )  # fmt: skip
            tables["deliverables"].append(
                {"deliverable_id": f"{task}{team}{number:02d}", "team_id": team, "label": task,
                 "delivered_on": month(number, 20), "units": float(units[team_number, number]),
                 "versions": float(units[team_number, number]) * 2}
            )  # fmt: skip


def treat(
    tables: Tables,
    teams: range,
    started_on: date,
    name: str = "i1",
    task: str = "task",
    **row: Any,
) -> None:
    """Add an intervention on `task` in the teams of these numbers."""
    tables["decision_interventions"] += [
        {"intervention_id": name, "task_id": task, "team_id": f"t{number:02d}",
         "started_on": started_on, "is_randomised": False, **row}
        for number in teams
    ]  # fmt: skip
