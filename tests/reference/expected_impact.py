"""What the reference says of before and after, under the marts' names.

Does not belong here: estimates (model_impact), the other sections (expected).
"""

from math import exp, isnan
from statistics import mean
from typing import Any

import numpy as np

from tests.reference.expected import Expected, Table
from tests.reference.model_funnel import ramp
from tests.reference.model_impact import (
    Estimate,
    Impact,
    Treated,
    detectable,
    detectable_before,
    look_before,
    quality_verdict,
)  # fmt: skip
from tests.reference.model_inputs import last_day, months_between

LOOK_MONTHS = 4
REALISED = ("realised_hours", "realised_hours_low", "realised_hours_high", "proven_hours")


class ExpectedImpact:
    """Effects, verdicts and realised hours of one engagement."""

    def __init__(self, expected: Expected) -> None:
        self.expected, self.view = expected, expected.view
        self.impact = Impact(self.view)
        self.before = Impact(self.view, look_before(self.view))
        self.cells = self.impact.effects()
        self.estimates = {k: self.impact.estimate(cells) for k, cells in self.cells.items()}

    def _adopted(self, months: float) -> float:
        funnel = self.expected.funnel
        shape = ramp(np.array([months]), funnel.value("adoption_half_time")[:1])[0, 0]
        return float(funnel.value("adoption_max")[0] * shape)

    def _net_share(self, task: str) -> float:
        """What is saved of a task's hours at full adoption, checking deducted."""
        funnel = self.expected.funnel
        keep = 1 - funnel.value("review_share")[0]
        return float(funnel.eligible[task][0] * funnel.gain[task][0] * keep)

    def expected_saving(self, cells: list[Treated]) -> float:
        """By team the mean of its cells, then the mean of the teams, as the effect itself."""
        end = self._adopted(self.expected.funnel.horizon)
        teams = {c.team_id for c in cells}
        return mean(
            mean(self._net_share(c.task_id) * end for c in cells if c.team_id == team)
            for team in teams
        )

    @staticmethod
    def _claim(estimate: Estimate) -> str | None:
        interval = estimate.interval
        if estimate.design != "teams" or interval is None:
            return None
        return "demonstrated" if interval[1] < 0 else "harmful" if interval[0] > 0 else None

    def verdict(self, effect_id: str) -> str:
        estimate, cells = self.estimates[effect_id], self.cells[effect_id]
        if not (estimate.treated and estimate.is_comparable):  # decision 8
            return "no_data"
        claim = self._claim(estimate)
        if claim and max(c.window.post_months for c in cells) >= LOOK_MONTHS:
            earlier = self.before.effects().get(effect_id)
            if earlier and self._claim(self.before.estimate(earlier)) == claim:
                is_worse = quality_verdict(self.impact.quality(cells)) == "worse"
                return "inconclusive" if claim == "demonstrated" and is_worse else claim
        mde = detectable(estimate, cells[0].window.pre_months)
        if mde is not None and self.expected_saving(cells) < mde:
            return "not_demonstrable"
        return "inconclusive"

    def grade(self, effect_id: str) -> str:
        estimate = self.estimates[effect_id]
        rows = self.impact.interventions
        own = [r for r in rows if effect_id in ("all", r["intervention_id"])]
        if not estimate.is_comparable:
            return "E"
        if estimate.design != "teams":
            return "D"
        if all(r["is_randomised"] for r in own):
            return "A"
        teams = len(estimate.treated) + len(estimate.controls)
        return "B" if teams >= 6 and self.cells[effect_id][0].window.pre_months >= 3 else "C"

    def effects(self) -> Table:
        rows: Table = {}
        for effect_id, cells in self.cells.items():
            estimate = self.estimates[effect_id]
            interval, quality = estimate.interval, self.impact.quality(cells)
            row: dict[str, Any] = {
                "expected_saving": self.expected_saving(cells),
                "mde": detectable(estimate, cells[0].window.pre_months),
                "saving_low": None,
                "saving_high": None,
                "quality_ratio": exp(quality[0]) if quality else None,
                "quality_ratio_low": exp(quality[1]) if quality else None,
                "quality_ratio_high": exp(quality[2]) if quality else None,
                "quality_verdict": quality_verdict(quality),
                "verdict": self.verdict(effect_id),
            }
            if not estimate.treated:
                before = detectable_before(self.impact, cells)
                row["mde"] = before
                if before is not None and isnan(before):
                    del row["mde"]  # the spec's residuals need every team in every month
            else:
                row["grade"] = self.grade(effect_id)
            if estimate.effect is not None and interval:
                row |= {
                    "effect_log": estimate.effect,
                    "saving": 1 - exp(estimate.effect),
                    "saving_low": 1 - exp(interval[1]),
                    "saving_high": 1 - exp(interval[0]),
                }
            rows[effect_id,] = row
        return rows

    def realised(self) -> Table:
        """By month: forecast and realised hours of the treated cells after their washout."""
        rows: Table = {}
        funnel = self.expected.funnel
        for effect_id, cells in self.cells.items():
            estimate = self.estimates[effect_id]
            if effect_id == "all":
                continue
            for c in cells:
                for month in months_between(*c.window.post):
                    row = rows.setdefault(
                        (month,),
                        {"forecast_hours": 0.0, **dict.fromkeys(REALISED)},
                    )
                    t = len(months_between(c.window.started_on, month))
                    weekly = funnel.hours.get((c.team_id, c.task_id))
                    if weekly is not None:
                        row["forecast_hours"] += float(
                            weekly[0] * funnel.weeks / 12
                            * self._net_share(c.task_id) * self._adopted(t)
                        )  # fmt: skip
                    hours, _ = self.impact.sums((c.team_id, c.task_id), (month, last_day(month)))
                    if hours == 0:  # a month without hours has no figure
                        continue
                    interval = estimate.interval
                    if estimate.effect is None or interval is None or estimate.error is None:
                        continue
                    saved = hours * (exp(-estimate.effect - estimate.error**2 / 2) - 1)
                    quality = quality_verdict(self.impact.quality(cells))
                    is_proven = self.verdict(effect_id) == "demonstrated" and quality != "worse"
                    bounds = [hours * (exp(-end) - 1) for end in interval]
                    values = saved, bounds[1], bounds[0], saved if is_proven else 0.0
                    for column, value in zip(REALISED, values, strict=True):
                        row[column] = (row[column] or 0.0) + value
        return rows
