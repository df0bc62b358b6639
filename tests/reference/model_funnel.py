"""Section 2 of model.md: from baseline hours to hours that can be used, all cases at once.

Does not belong here: which tasks are in scope (model_matrix), what the hours are worth.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tests.reference.model_baseline import Baseline, Cell
from tests.reference.model_cases import Array, Cases, make_cases, settle, settle_by_team
from tests.reference.model_inputs import UNMAPPED, View

DELAYS = {"now": 0, "30_days": 1, "90_days": 3, "180_days": 6}
STEEPNESS = 0.9
STEPS = ("gained_hours", "adopted_hours", "net_hours", "bankable_hours")


def ramp(months: Array, half_time: Array) -> Array:
    """A(t)/adoption_max, by case and month; 0 up to t = 0."""
    start = 1 / (1 + np.exp(STEEPNESS * half_time))[:, None]
    level = 1 / (1 + np.exp(-STEEPNESS * (months[None, :] - half_time[:, None])))
    return np.where(months[None, :] > 0, (level - start) / (1 - start), 0.0)


@dataclass
class TaskTerms:
    """What is decided or proposed about one task."""

    nature: str | None
    eligible_share: float | None
    gain: tuple[float, float, float]
    training_hours: float | None
    decided_horizon: str | None
    owner: str | None
    deadline: object


def task_terms(view: View) -> dict[str, TaskTerms]:
    terms = {}
    default_gain = settle(view)["gain"]
    for task in view.tasks:
        decided, tag = view.decided_tasks.get(task, {}), view.tags.get(task, {})
        eligible = decided.get("eligible_share")
        if eligible is None:
            eligible = tag.get("rule_share")
        if tag.get("nature") in (None, "undetermined") or tag.get("is_waiting"):
            eligible = 0.0
        own = tuple(decided.get(f"gain_{end}") for end in ("low", "base", "high"))
        terms[task] = TaskTerms(
            tag.get("nature"),
            eligible,
            own if own[1] is not None else default_gain,  # type: ignore[arg-type]
            decided.get("training_hours"),
            decided.get("horizon"),
            decided.get("owner"),
            decided.get("deadline"),
        )
    return terms


class Funnel:
    """Hours by case (first axis) and month (second, from t = 1 at position 0)."""

    def __init__(self, view: View, baseline: Baseline) -> None:
        self.view, self.baseline = view, baseline
        self.ranges, self.by_team = settle(view), settle_by_team(view)
        self.terms = task_terms(view)
        self.horizon = int(self.ranges["horizon_months"][1])
        self.weeks = self.ranges["working_weeks"][1]
        varied = {key for key, (low, _, high) in self.ranges.items() if low != high}
        if any(t.gain[0] != t.gain[2] for t in self.terms.values()):
            varied.add("gain")
        if any(c.low is not None and c.low != c.high for c in baseline.cells.values()):
            varied.add("baseline_hours")
        self.cases: Cases = make_cases(varied)
        self.months = np.arange(1, self.horizon + 1, dtype=np.float64)

    def value(self, key: str) -> Array:
        return self.cases.values(key, *self.ranges[key])

    @cached_property
    def hours(self) -> dict[Cell, Array]:
        """H by case, the unmapped task included."""
        return {
            cell: self.cases.values(
                "baseline_hours",
                h.hours if h.low is None else h.low,
                h.hours,
                h.hours if h.high is None else h.high,
            )
            for cell, h in self.baseline.cells.items()
        }

    @cached_property
    def eligible(self) -> dict[str, Array]:
        factor = self.value("eligible")
        return {i: np.minimum(1, (t.eligible_share or 0.0) * factor) for i, t in self.terms.items()}

    @cached_property
    def gain(self) -> dict[str, Array]:
        return {i: self.cases.values("gain", *t.gain) for i, t in self.terms.items()}

    def ramped(self, delay: int) -> Array:
        return ramp(self.months - delay, self.value("adoption_half_time"))

    def steps(self, cell: Cell, delay: int | None) -> dict[str, Array]:
        """The steps of one cell in every case and month; nothing is adopted without a delay."""
        team_task = self.hours[cell] * self.weeks / 12
        eligible = team_task * self.eligible[cell[1]]
        gained = eligible * self.gain[cell[1]]
        shape = np.zeros((len(gained), self.horizon)) if delay is None else self.ramped(delay)
        adopted = gained[:, None] * self.value("adoption_max")[:, None] * shape
        net = adopted * (1 - self.value("review_share"))[:, None]
        return {
            "baseline_hours": team_task,
            "eligible_hours": eligible,
            "gained_hours": gained,
            "adopted_hours": adopted,
            "net_hours": net,
            "bankable_hours": net * self.value("bankable_share")[:, None],
        }

    def usable(self, horizons: dict[str, str]) -> dict[str, Array]:
        """U[j] by case and month: bankable hours of the tasks in scope."""
        usable = {team: np.zeros((len(self.cases.names), self.horizon)) for team in self.view.teams}
        for team, task in self.hours:
            if task != UNMAPPED and horizons[task] in DELAYS:
                usable[team] += self.steps((team, task), DELAYS[horizons[task]])["bankable_hours"]
        return usable

    def steady_year(self, task: str, with_bank: bool) -> float:
        """Hours a year of one task at A = adoption_max in the base case, without delay."""
        weekly = sum(h[0] for (_, i), h in self.hours.items() if i == task)
        keep = self.value("adoption_max")[0] * (1 - self.value("review_share")[0])
        if with_bank:
            keep *= self.value("bankable_share")[0]
        return float(weekly * self.weeks * self.eligible[task][0] * self.gain[task][0] * keep)
