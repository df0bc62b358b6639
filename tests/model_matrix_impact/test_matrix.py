"""The matrix over the whole chain: scores, quick wins, roadmap, drafts, agreement of tags."""

from datetime import date
from typing import Any

import pytest

from tests.model.engagement_rows import (
    CLIENT_VALUES,
    Tables,
    add_assumptions,
    add_form,
    add_person,
    add_task,
    engagement_tables,
)
from tests.model_matrix_impact.conftest import Marts, Project

CRITERIA = ("better", "consistent", "solution", "data", "integration", "risk", "horizon")
MARTS = ["fct_matrix", "fct_roadmap", "fct_scores", "fct_tag_quality", "int_publication_state"]


def engagement(hours: dict[str, float], teams: int = 3) -> Tables:
    """Teams of three respondents; tasks go round the teams, each with these hours a person."""
    tables = engagement_tables(priority="margin")
    add_assumptions(tables, **CLIENT_VALUES)
    for task in hours:
        add_task(tables, task)
    for number in range(teams):
        team = f"t{number}"
        tables["teams"].append(
            {"team_id": team, "team_name": team, "headcount": 3.0, "hourly_cost": 40.0}
        )
        declared = dict(list(hours.items())[number::teams])
        for person in range(3):
            add_person(tables, f"{team}-{person}", team)
            add_form(tables, f"{team}-{person}", declared, wave="baseline")
    return tables


def score(tables: Tables, task: str, value: float, rater: str = "r1", **others: float) -> None:
    """Score all criteria but `faster` alike, those of `others` apart."""
    tables["decision_scores"] += [
        {"rater": rater, "task_id": task, "criterion": criterion, "score": given}
        for criterion, given in ({c: value for c in CRITERIA} | others).items()
    ]


def build(project: Project, tables: Tables, as_of_on: date = date(2026, 3, 31)) -> Marts:
    """The marts of the matrix."""
    return project.run(tables, as_of_on, MARTS)


def by_task(built: Marts, mart: str) -> dict[str, dict[str, Any]]:
    """The rows of a mart by task."""
    return {row["task_id"]: row for row in built.rows(f"from marts.{mart}")}


def test_faster_is_computed_from_net_hours_and_people_go_before_providers(
    project: Project,
) -> None:
    # net share: 1 × gain .3 × adoption .6 × (1 − .15) = .153 of the hours of the task
    tables = engagement({"large": 30.0, "small": 1.0, "tiny": 0.5}, teams=3)
    score(tables, "large", 4)
    score(tables, "large", 2, rater="r2", risk=4)
    tables["score_proposals"] += [
        {"task_id": "small", "criterion": c, "score": 5.0, "tagged_by": "offline", "reason": "r"}
        for c in CRITERIA
    ]
    matrix = by_task(build(project, tables), "fct_matrix")
    large, small, tiny = matrix["large"], matrix["small"], matrix["tiny"]
    # .153 × 30/31.5 = 14.6 %, × 1/31.5 = .49 %, × .5/31.5 = .24 %
    assert (large["faster"], small["faster"], tiny["faster"]) == (5, 2, 1)
    assert (large["better"], large["risk"], large["needs_adjudication"]) == (3, 4, True)
    assert (large["scored_by"], small["scored_by"], tiny["scored_by"]) == (
        "consultant", "offline", "computed",
    )  # fmt: skip
    assert large["impact"] == pytest.approx(0.6 * 5 + 0.4 * (0.5 * 5 + 0.15 * 3 + 0.35 * 3))
    assert large["ease"] == pytest.approx((3 + 3 + 3 + 4 + 3) / 5)
    assert large["bankable_hours_year"] == pytest.approx(3 * 30 * 44 * 0.153 * 0.5)
    assert (tiny["impact"], tiny["quadrant"]) == (None, "to_investigate")


def test_a_legal_risk_is_not_hidden_by_good_tools(project: Project) -> None:
    tables = engagement({"a": 10.0, "b": 10.0})
    score(tables, "a", 5, risk=1)
    score(tables, "b", 5, risk=2)
    matrix = by_task(build(project, tables), "fct_matrix")
    assert (matrix["a"]["ease"], matrix["a"]["quadrant"]) == (2, "strategic_bet")
    assert (matrix["b"]["ease"], matrix["b"]["quadrant"]) == (3, "to_investigate")


def test_roadmap_follows_decisions_first(project: Project) -> None:
    tables = engagement(dict.fromkeys("abcdefg", 10.0), teams=3)
    for name in "abcdefg":
        score(tables, name, 5)
    tables["decision_tasks"] += [
        {"task_id": "a", "training_hours": 0.0, "owner": "studio lead",
         "deadline": date(2026, 5, 1)},
        {"task_id": "b", "horizon": "never"},
        {"task_id": "c", "horizon": "180_days"},
    ]  # fmt: skip
    built = build(project, tables)
    roadmap = by_task(built, "fct_roadmap")
    assert "b" not in roadmap
    assert (roadmap["a"]["horizon"], roadmap["a"]["action"]) == ("now", "hand_over")
    assert roadmap["c"]["horizon"] == "180_days"
    matrix = by_task(built, "fct_matrix")
    selected = {task for task, row in matrix.items() if row["is_selected"]}
    # Teams t0: a d g, t1: b e, t2: c f; two a team and five in all.
    assert selected == {"a", "b", "c", "d", "e"}
    assert roadmap["f"]["horizon"] == "90_days"
    assert [row["position"] for row in built.rows("from marts.fct_roadmap")] == list(range(1, 7))


def test_publication_is_a_draft_until_approved_and_complete(project: Project) -> None:
    tables = engagement({"a": 10.0})
    score(tables, "a", 5)
    tables["decision_approvals"].append(
        {"what": "publication", "subject": "2026-03", "approver": "director",
         "approved_on": date(2026, 4, 8)}
    )  # fmt: skip
    state = "from intermediate.int_publication_state"
    draft = build(project, tables).row(state)
    assert (draft["is_draft"], draft["draft_reason"]) == (
        True, "quick_win_without_owner_or_deadline",
    )  # fmt: skip
    tables["decision_tasks"].append(
        {"task_id": "a", "owner": "studio lead", "deadline": date(2026, 5, 1)}
    )
    assert not build(project, tables).row(state)["is_draft"]
    april = build(project, tables, date(2026, 4, 30)).row(state)
    assert april["draft_reason"] == "not_approved"


def test_tags_are_compared_with_reviews(project: Project) -> None:
    tables = engagement({f"task{number:02d}": 1.0 for number in range(12)})
    proposed = ["mixed"] * 4 + ["rule_based"] * 4 + ["human_value"] * 2 + ["undetermined"] * 2
    reviewed = ["mixed"] * 3 + ["rule_based"] * 5 + ["human_value"] * 2 + ["mixed", None]
    for tag, nature in zip(tables["task_tags"], proposed, strict=True):
        tag["nature"] = nature
    for tag, decided in zip(tables["task_tags"], reviewed, strict=True):
        if decided:
            tables["decision_tags"].append({"task_id": tag["task_id"], "nature": decided})
    row = build(project, tables).row("from marts.fct_tag_quality")
    # Ten compared, nine agree; by chance (4·3 + 4·5 + 2·2) / 100.
    assert row["kappa"] == pytest.approx((0.9 - 0.36) / (1 - 0.36), rel=1e-9)
    assert row["kappa_low"] < row["kappa"] < row["kappa_high"] <= 1
    assert (row["reviewed_count"], row["compared_count"]) == (11, 10)
    assert row["abstained_share"] == pytest.approx(2 / 12)
