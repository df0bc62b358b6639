"""Small groups: what is published must not give a small cell away."""

import os
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from quality.disclosure import Term, known_shares
from quality.expectations import too_narrow
from quality.withholding import more_to_withhold
from tests.model.invented_agency import invented_agency
from tests.model_matrix_impact.conftest import Marts, Project

MODELS = [
    "fct_baseline", "fct_matrix", "fct_coverage", "fct_hours_funnel", "dim_teams",
    "dim_engagements", "int_cells_published", "int_cells_summed",
]  # fmt: skip
# `make chaos` invents 200.
AGENCIES = int(os.environ.get("JALON_DISCLOSURE_AGENCIES", "16"))
SEEDS = range(16)
# Those of the seeds where the totals would know a cell if nothing more was withheld.
ATTACKED = {4, 6, 10, 14}


@lru_cache(maxsize=16)  # each holds thirty megabytes
def plain(project: Project, seed: int) -> Marts:
    """As the rules alone have it."""
    return project.run(invented_agency(seed), date(2026, 12, 31), MODELS)


@lru_cache(maxsize=16)
def run(project: Project, seed: int) -> Marts:
    """As a build publishes it: built anew until the audit asks for no more."""
    marts, withheld = plain(project, seed), list[str]()
    while more := more_to_withhold(terms(marts), too_narrow()):
        withheld += more
        marts = project.run(invented_agency(seed), date(2026, 12, 31), MODELS, withheld=withheld)
    return marts


def terms(marts: Marts) -> list[Term]:
    columns = "figure, cell, hours, weight, kind, is_hidden"
    rows = marts.rows(f"select {columns} from intermediate.int_cells_summed order by all")
    return [Term(**row) for row in rows]


def folded_cells(marts: Marts) -> list[dict[str, Any]]:
    return marts.rows(
        "select cells.published_team_id as team, cells.task_id as task,"
        " sum(settled.calibrated_weekly_hours) as hours"
        " from intermediate.int_cells_published as cells"
        " join intermediate.int_task_hours_settled as settled using (team_id, task_id)"
        " where cells.is_folded group by all order by all"
    )


@pytest.mark.parametrize("seed", range(AGENCIES))
def test_an_attacker_cannot_compute_a_folded_cell(project: Project, seed: int) -> None:
    """He knows each team's other_tasks, each task's sum where that one is shown, and the totals
    of the funnel with each task's shares."""
    marts = run(project, seed)
    assert folded_cells(marts), "nothing folded: the test would say nothing"
    known = known_shares(terms(marts))
    assert {cell for cell, share in known.items() if share > 1 - too_narrow()} == set()


@pytest.mark.parametrize("seed", SEEDS)
def test_more_is_withheld_only_where_the_attack_would_succeed(project: Project, seed: int) -> None:
    known = known_shares(terms(plain(project, seed)))
    assert (max(known.values()) > 1 - too_narrow()) == (seed in ATTACKED)
    if seed in ATTACKED:
        shown = "select hours_shown_share as share from marts.dim_engagements"
        before, after = (
            marts.row(shown)["share"] for marts in (plain(project, seed), run(project, seed))
        )
        assert before - 0.1 < after <= before
    else:
        assert run(project, seed) is plain(project, seed)


@pytest.mark.parametrize("seed", ATTACKED)
def test_totals_stay_and_the_share_that_is_shown_is_told(project: Project, seed: int) -> None:
    totals = (
        "select month_index, sum(eligible_hours) as eligible, sum(gained_hours) as gained,"
        " sum(bankable_hours) as bankable from marts.fct_hours_funnel group by all order by all"
    )
    before, after = plain(project, seed).rows(totals), run(project, seed).rows(totals)
    assert [row["month_index"] for row in before] == [row["month_index"] for row in after]
    for row, other in zip(before, after, strict=True):
        assert row == pytest.approx(other)
    told = run(project, seed).row("select hours_shown_share as share from marts.dim_engagements")
    hours = run(project, seed).row(
        "select sum(calibrated_weekly_hours) filter (where task_id <> 'other_tasks') as shown,"
        " sum(calibrated_weekly_hours) as published from marts.fct_baseline"
    )
    assert told["share"] == pytest.approx(hours["shown"] / hours["published"], abs=0.005)


@pytest.mark.parametrize("seed", range(3))
def test_the_audit_knows_every_published_sum_of_hidden_cells(project: Project, seed: int) -> None:
    """Rows of the marts, less what is shown beside them, are the figures that the audit solves."""
    marts = run(project, seed)
    audited = {
        row["figure"]: row["hours"]
        for row in marts.rows(
            "select figure, sum(hours * weight) as hours"
            " from intermediate.int_cells_summed where kind = 'hours' and is_hidden group by figure"
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
