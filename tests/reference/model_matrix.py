"""Section 5 of model.md: impact × ease, what is selected, and the roadmap rule.

Does not belong here: raters' agreement beyond needs_adjudication.
"""

from dataclasses import dataclass, field
from statistics import mean, median

from tests.reference.model_funnel import Funnel
from tests.reference.model_inputs import View

IMPACT, EASE = (
    ("faster", "better", "consistent"),
    ("solution", "data", "integration", "risk", "horizon"),
)
WEIGHTS = {
    "productivity": (0.6, 0.2, 0.2),
    "growth": (0.3, 0.5, 0.2),
    "margin": (0.5, 0.15, 0.35),
}


@dataclass
class Placed:
    """One task in the matrix."""

    scores: dict[str, float | None]
    impact: float | None
    ease: float | None
    quadrant: str
    needs_adjudication: bool
    bankable_hours_year: float
    main_team: str | None
    is_selected: bool = False
    is_immediate: bool = False
    rank: int | None = None
    horizon: str = "later"
    scored_by: dict[str, str] = field(default_factory=dict)


def _faster(funnel: Funnel, task: str) -> float | None:
    everything = funnel.baseline.all_hours * funnel.weeks
    if everything == 0:
        return None
    share = round(funnel.steady_year(task, with_bank=False) / everything, 9)
    return float(1 + sum(share >= step for step in (0.0025, 0.005, 0.01, 0.02)))


def _band(value: float) -> str:
    value = round(value, 9)
    return "high" if value >= 3.5 else "low" if value < 2.5 else "middle"


def _ease(scores: dict[str, float | None]) -> float | None:
    given = [scores[c] for c in EASE]
    solution, data, integration, risk, horizon = given
    if None in given:
        return None
    assert solution and data and integration and risk and horizon
    cap = 5.0
    if risk < 2 or data < 2:
        cap = 2
    elif risk < 3 or min(solution, integration, horizon) < 2:
        cap = 3
    return min(mean((solution, data, integration, risk, horizon)), cap)


def _quadrant(impact: float | None, ease: float | None, hours: float) -> str:
    if impact is None or ease is None:
        return "to_investigate"
    bands = _band(impact), _band(ease)
    if "middle" in bands:
        return "to_investigate"
    if bands == ("high", "high"):
        return "quick_win" if hours > 0 else "to_investigate"
    return {
        ("high", "low"): "strategic_bet",
        ("low", "high"): "nice_to_have",
        ("low", "low"): "ignore",
    }[bands]


def place(view: View, funnel: Funnel) -> dict[str, Placed]:
    raters: dict[tuple[str, str], list[float]] = {}
    for row in view.rows("decision_scores"):
        raters.setdefault((row["task_id"], row["criterion"]), []).append(row["score"])
    proposed = {
        (r["task_id"], r["criterion"]): r["score"] for r in view.proposals("score_proposals")
    }
    priority = view.config["priority"]
    matrix: dict[str, Placed] = {}
    for task in view.tasks:
        scores: dict[str, float | None] = {}
        scored_by: dict[str, str] = {}
        adjudicate = False
        for criterion in IMPACT + EASE:
            human = raters.get((task, criterion))
            if human:
                scores[criterion] = median(human)
                adjudicate |= max(human) - min(human) >= 2
            elif criterion == "faster":
                scores[criterion] = _faster(funnel, task)
            else:
                scores[criterion] = proposed.get((task, criterion))
        impact = None
        given = [scores[c] for c in IMPACT]
        if priority and None not in given:
            weighted = sum(w * s for w, s in zip(WEIGHTS[priority], given, strict=True) if s)
            impact = 0.6 * max(s for s in given if s) + 0.4 * weighted
        ease = _ease(scores)
        teams = {j: h[0] for (j, i), h in funnel.hours.items() if i == task}
        main = min(teams, key=lambda j: (-round(teams[j], 9), j)) if teams else None
        yearly = funnel.steady_year(task, with_bank=True)
        matrix[task] = Placed(
            scores, impact, ease, _quadrant(impact, ease, yearly), adjudicate, yearly, main,
            scored_by=scored_by,
        )  # fmt: skip
    _select(funnel, matrix)
    return matrix


def _select(funnel: Funnel, matrix: dict[str, Placed]) -> None:
    wins = [
        task
        for task, placed in matrix.items()
        if placed.quadrant == "quick_win" and funnel.terms[task].nature != "undetermined"
    ]

    def order(task: str) -> tuple[float, float, str]:
        placed = matrix[task]
        return (-round(placed.bankable_hours_year, 9), -round(placed.ease or 0, 9), task)

    by_team: dict[str | None, int] = {}
    by_owner: dict[str, int] = {}
    rank = 0
    for task in sorted(wins, key=order):
        placed, terms = matrix[task], funnel.terms[task]
        owner = terms.owner
        if rank == 5 or by_team.get(placed.main_team, 0) == 2:
            continue
        if owner and by_owner.get(owner, 0) == 2:
            continue
        rank += 1
        placed.is_selected, placed.rank = True, rank
        by_team[placed.main_team] = by_team.get(placed.main_team, 0) + 1
        if owner:
            by_owner[owner] = by_owner.get(owner, 0) + 1
        placed.is_immediate = (
            placed.scores["solution"] == 5
            and placed.scores["integration"] == 5
            and (placed.scores["risk"] or 0) >= 4
            and terms.training_hours == 0
        )
    for task, placed in matrix.items():
        rule = {"quick_win": "90_days", "strategic_bet": "180_days"}.get(placed.quadrant, "later")
        if placed.is_selected:
            rule = "now" if placed.is_immediate else "30_days"
        placed.horizon = funnel.terms[task].decided_horizon or rule
