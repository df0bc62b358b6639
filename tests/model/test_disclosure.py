"""Small groups: what is published must not give a small cell away."""

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from tests.model.invented_agency import invented_agency
from tests.model_matrix_impact.conftest import Marts, Project

MODELS = ["fct_baseline", "dim_teams", "dim_tasks", "int_cells_published"]


def run(project: Project, seed: int) -> Marts:
    return project.run(invented_agency(seed), date(2026, 12, 31), MODELS)


def folded_cells(marts: Marts) -> list[dict[str, Any]]:
    return marts.rows(
        "select cells.published_team_id as team, cells.task_id as task,"
        " sum(settled.calibrated_weekly_hours) as hours"
        " from intermediate.int_cells_published as cells"
        " join intermediate.int_task_hours_settled as settled using (team_id, task_id)"
        " where cells.is_folded group by all order by all"
    )


@pytest.mark.parametrize("seed", range(6))
def test_an_attacker_cannot_compute_a_folded_cell(project: Project, seed: int) -> None:
    """He knows each team's other_tasks and each task's sum where that one is shown."""
    marts = run(project, seed)
    cells = folded_cells(marts)
    assert cells, "nothing folded: the test would say nothing"
    shown = {
        row["task_id"] for row in marts.rows("select * from marts.dim_tasks where is_hours_shown")
    }
    hours = np.array([cell["hours"] for cell in cells])
    sums = [[cell["team"] == team for cell in cells] for team in {c["team"] for c in cells}]
    sums += [
        [cell["task"] == task for cell in cells] for task in {c["task"] for c in cells} & shown
    ]
    equations = np.array(sums, dtype=float)
    for index in range(len(cells)):
        ends = []
        for sign in (1, -1):
            goal = np.zeros(len(cells))
            goal[index] = sign
            ends.append(
                sign * linprog(goal, A_eq=equations, b_eq=equations @ hours, bounds=(0, None)).fun
            )
        assert ends[1] - ends[0] > 1e-6, cells[index]


@pytest.mark.parametrize("seed", range(6))
def test_published_rows_have_enough_people(project: Project, seed: int) -> None:
    marts = run(project, seed)
    teams = marts.rows("select * from marts.dim_teams")
    assert all(team["respondents_count"] >= 4 for team in teams)
    assert sum(team["headcount"] for team in teams) == 25
    for row in marts.rows("select * from marts.fct_baseline"):
        if row["calibrated_weekly_hours"] is not None:
            assert row["people_count"] >= 3, row
    folded = Counter(cell["team"] for cell in folded_cells(marts))
    assert all(count >= 2 for count in folded.values())


def test_folding_moves_hours_and_loses_none(project: Project) -> None:
    marts = run(project, 0)
    published = marts.row("select sum(calibrated_weekly_hours) as h from marts.fct_baseline")
    settled = marts.row(
        "select sum(calibrated_weekly_hours) as h from intermediate.int_task_hours_settled"
    )
    assert published["h"] == pytest.approx(settled["h"])
