"""Small groups: what is published must not give a small cell away."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from quality.disclosure import Term, known_shares
from tests.model.invented_agency import invented_agency
from tests.model_matrix_impact.conftest import Marts, Project

MODELS = [
    "fct_baseline", "fct_matrix", "fct_coverage", "dim_teams", "dim_engagements",
    "int_cells_published", "int_hidden_cells_summed",
]  # fmt: skip


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
    assert folded_cells(marts), "nothing folded: the test would say nothing"
    terms = marts.rows(
        "select figure, cell, hours, weight from intermediate.int_hidden_cells_summed"
        " where kind = 'hours'"
    )
    assert max(known_shares(Term(**term) for term in terms)) < 0.99


@pytest.mark.parametrize("seed", range(3))
def test_the_audit_knows_every_published_sum_of_hidden_cells(project: Project, seed: int) -> None:
    """Rows of the marts, less what is shown beside them, are the figures that the audit solves."""
    marts = run(project, seed)
    audited = {
        row["figure"]: row["hours"]
        for row in marts.rows(
            "select figure, sum(hours * weight) as hours"
            " from intermediate.int_hidden_cells_summed where kind = 'hours' group by figure"
        )
    }
    published = {
        row["figure"]: row["hours"]
        for row in marts.rows(
            "select case team_id when 'agency' then 'agency ' || task_id"
            " else 'team ' || team_id end as figure, calibrated_weekly_hours as hours"
            " from marts.fct_baseline where calibrated_weekly_hours is not null"
            " and (task_id = 'other_tasks' or team_id = 'agency')"
            " union all"
            " select 'task ' || matrix.task_id,"
            " matrix.calibrated_weekly_hours - coalesce(sum(shown.calibrated_weekly_hours), 0)"
            " from marts.fct_matrix as matrix"
            " left join marts.fct_baseline as shown using (task_id)"
            " where matrix.task_id in ("
            " select task_id from intermediate.int_cells_published where is_folded)"
            " and matrix.calibrated_weekly_hours is not null"
            " group by matrix.task_id, matrix.calibrated_weekly_hours"
        )
    }
    assert audited == pytest.approx(published)


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
