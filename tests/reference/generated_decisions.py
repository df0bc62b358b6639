"""Random decisions and proposals of a generated engagement: tasks, tags, scores, assumptions.

Does not belong here: what people did (engagements.py).
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.reference.model_inputs import Row

if TYPE_CHECKING:
    from tests.reference.engagements import Generator

NATURES = ("rule_based", "mixed", "human_value", "undetermined")
CRITERIA = (
    "faster", "better", "consistent", "solution", "data", "integration", "risk", "horizon",
)  # fmt: skip
SPOKEN = {
    "tagged_by": "offline", "model": "m", "prompt_version": "p", "confidence": 0.7, "reason": "r",
}  # fmt: skip


def decisions(g: "Generator") -> None:
    """Everything but interventions."""
    _tasks(g)
    _tags(g)
    _scores(g)
    _assumptions(g)
    _project_types(g)
    g.enrichment["enrichment_run"] = [
        {"provider": "offline", "model": "m", "prompt_version": "p", "calls_count": 0,
         "cached_count": 0, "cost": None}
    ]  # fmt: skip


def _tasks(g: "Generator") -> None:
    for task in g.tasks:
        decided = g.chance(0.6)
        g.enrichment["tasks"].append(
            {"task_id": task, "task_name": task.title(), "category": "production",
             "origin": "decided" if decided else "proposed"}
        )  # fmt: skip
        if not decided:
            continue
        gains: tuple[float | None, ...] = (None, None, None)
        if g.chance(0.4):
            low = g.number(0, 0.3)
            base = round(low + g.number(0, 0.2), 2)
            gains = (low, base, round(base + g.number(0, 0.2), 2))
            if g.chance(0.2):
                gains = (base, base, base)
        g.raw["decision_tasks"].append(
            {
                "task_id": task, "task_name": task.title(), "category": "production",
                "training_hours": g.pick(None, 0.0, 0.0, 2.0, 7.0),
                "gain_low": gains[0], "gain_base": gains[1], "gain_high": gains[2],
                "eligible_share": g.number(0, 1) if g.chance(0.4) else None,
                "horizon": g.pick(None, None, None, None, "now", "30_days", "90_days", "180_days",
                                  "later", "never"),
                "owner": g.pick(None, "Cheffe de studio", "Directeur conseil"),
                "deadline": g.pick(None, date(2027, 3, 31)),
            }
        )  # fmt: skip


def _tags(g: "Generator") -> None:
    for task in g.tasks:
        nature = NATURES[min(g.whole(0, 5), 3)] if g.chance(0.7) else "rule_based"
        g.enrichment["task_tags"].append(
            {
                "task_id": task, "nature": nature, "is_waiting": g.chance(0.05),
                "rule_share": None if nature == "undetermined" else g.number(0, 1), **SPOKEN,
            }
        )  # fmt: skip
        if g.chance(0.25):
            reviewed = NATURES[g.whole(0, 3)]
            g.raw["decision_tags"].append(
                {
                    "task_id": task, "nature": reviewed, "is_waiting": g.chance(0.1),
                    "rule_share": None if reviewed == "undetermined" else g.number(0, 1),
                    "reviewer": "consultant", "reason": "r",
                }
            )  # fmt: skip


def _scores(g: "Generator") -> None:
    kind = g.pick("easy", "any", "any")
    for task in g.tasks:
        for criterion in CRITERIA:
            low = 4 if kind == "easy" and g.chance(0.85) else 1
            if g.chance(0.9):
                g.enrichment["score_proposals"].append(
                    {"task_id": task, "criterion": criterion, "score": float(g.whole(low, 5)),
                     **SPOKEN}
                )  # fmt: skip
            for rater in ("directrice", "consultant", "chef_de_studio"):
                if g.chance(0.15 if criterion == "faster" else 0.3):
                    g.raw["decision_scores"].append(
                        {"rater": rater, "task_id": task, "criterion": criterion,
                         "score": float(g.whole(low, 5)), "reason": "r"}
                    )  # fmt: skip


def _assumptions(g: "Generator") -> None:
    def give(key: str, low: float, high: float, digits: int = 2) -> None:
        base = g.number(low, high, digits)
        row: Row = {"assumption": key, "team_id": None, "base": base, "low": base, "high": base,
                    "source": "client", "set_by": "client"}  # fmt: skip
        if not still and g.chance(0.6):
            row["low"] = round(base - g.number(0, (high - low) / 4, digits), digits)
            row["low"] = max(row["low"], 0.0) if not g.chance(0.1) else None
            row["high"] = round(base + g.number(0, (high - low) / 4, digits), digits)
        if key in ("conversion_rate", "cash_share", "external_cost_share", "review_share"):
            row["high"] = min(row["high"], 1.0)
        g.raw["assumptions"].append(row)

    still = g.seed % 11 == 5  # all assumptions equal
    omitted = g.pick(*([None] * 27), "seats", "average_project_value", "run_cost_per_month")
    client: dict[str, tuple[float, float, int]] = {
        "average_project_value": (5000, 60000, 0), "external_cost_share": (0, 0.5, 2),
        "extra_pitches_per_year": (0, 40, 0), "pitch_cash_cost": (0, 2000, 0),
        "upsell_value": (500, 8000, 0), "freelance_day_rate": (250, 600, 0),
        "seats": (2, 60, 0), "implementation_days": (0, 40, 0),
        "implementation_day_rate": (400, 1200, 0), "training_hours_per_seat": (0, 10, 1),
        "run_cost_per_month": (0, 900, 0),
    }  # fmt: skip
    if g.seed % 7 == 2:  # NPV negative everywhere
        client["seats"] = (400, 600, 0)
    for key, bounds in client.items():
        if key != omitted and not g.chance(0.01):
            give(key, *bounds)
    defaults: dict[str, tuple[float, float, int]] = {
        "gain": (0.05, 0.5, 2), "eligible": (0.7, 1.3, 2), "adoption_max": (0.2, 0.9, 2),
        "adoption_half_time": (1, 9, 1), "review_share": (0, 0.4, 2),
        "bankable_share": (0.2, 0.9, 2), "conversion_rate": (0.1, 0.6, 2),
        "sales_lag_months": (0, 8, 1), "cash_share": (0.1, 0.9, 2), "seat_price": (10, 80, 0),
        "upsell_deals_per_year": (0, 30, 0),
    }  # fmt: skip
    for key, bounds in defaults.items():
        if still or g.chance(0.45):
            give(key, *bounds)
    fixed: dict[str, Any] = {
        "price_concession": lambda: g.number(0, 0.1),
        "working_weeks": lambda: g.pick(43.0, 45.5),
        "horizon_months": lambda: g.pick(12.0, 18.0, 24.0),
        "discount_rate": lambda: g.pick(0.0, 0.06),
    }  # fmt: skip
    for key, draw in fixed.items():
        if g.chance(0.35):
            value = float(draw())
            g.raw["assumptions"].append(
                {"assumption": key, "team_id": None, "low": value, "base": value, "high": value,
                 "source": "client", "set_by": "client"}
            )  # fmt: skip
    _team_maps(g)


def _team_maps(g: "Generator") -> None:
    maps: dict[str, Any] = {
        "hours_per_pitch": lambda: float(g.whole(5, 80)),
        "hours_per_project": lambda: float(g.whole(10, 200)),
        "hours_per_upsell": lambda: float(g.whole(5, 60)),
        "planned_hires": lambda: float(g.whole(0, 2)),
        "freelance_days": lambda: float(g.whole(0, 60)),
    }
    for key, draw in maps.items():
        if g.chance(0.02):
            continue
        listed = [team for team in g.teams if g.chance(0.65)] or g.teams[:1]
        is_zero = g.chance(0.08)
        for team in listed:
            value = 0.0 if is_zero else draw()
            g.raw["assumptions"].append(
                {"assumption": key, "team_id": team, "low": value, "base": value, "high": value,
                 "source": "client", "set_by": "client"}
            )  # fmt: skip


def _project_types(g: "Generator") -> None:
    for index in range(g.whole(0, 4) if g.chance(0.3) else g.whole(1, 4)):
        name = f"projet_{index}"
        price = float(g.whole(2000, 60000))
        g.raw["project_types"].append(
            {"project_type": name, "project_type_name": name.title(), "price": price,
             "annual_volume": float(g.whole(1, 80)),
             "external_cost": round(price * g.number(0, 0.4), 2)}
        )  # fmt: skip
        for team in g.teams:
            if g.chance(0.6):
                g.raw["project_type_hours"].append(
                    {"project_type": name, "team_id": team, "hours": float(g.whole(1, 150))}
                )


def interventions(g: "Generator") -> None:
    """Interventions on some team × task cells; few start before the baseline ends or just now."""
    done = sorted({task for tasks in g.team_tasks.values() for task in tasks})
    for number in range(g.whole(1, 2)):
        if number >= len(done):
            return
        tasks = [done[number], *(done[2:3] if number == 0 and g.chance(0.2) else [])]
        treated = [team for team in g.teams if g.chance(0.5)] or g.teams[:1]
        start = g.end + timedelta(days=1)
        if g.chance(0.3):
            start += timedelta(days=g.whole(1, 40))
        elif g.chance(0.1):
            start = g.end - timedelta(days=g.whole(1, 20))
        elif g.chance(0.15):
            start = g.as_of_on - timedelta(days=g.whole(-5, 25))
        for task in tasks:
            for team in treated:
                g.raw["decision_interventions"].append(
                    {"intervention_id": f"essai_{number}", "task_id": task, "team_id": team,
                     "started_on": start, "planned_gain": g.pick(None, 0.3),
                     "is_randomised": g.seed % 2 == 0, "tool": "assistant", "owner": None,
                     "deadline": None}
                )  # fmt: skip
