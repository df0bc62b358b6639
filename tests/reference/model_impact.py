"""Section 6 of model.md: what changed between before and after, and what can be said of it.

Does not belong here: what a freeze holds (read as it is), monthly charts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt
from statistics import mean, stdev

import numpy as np
from scipy.stats import t as student

from tests.reference.model_baseline import Cell
from tests.reference.model_inputs import UNMAPPED, View, add_months, last_day, months_between

Z90 = 1.645
CORRELATION = 0.3
POST_PLANNED = 4  # before roll-out: the post months that a verdict needs


@dataclass(frozen=True)
class Window:
    """Baseline months against the months from the end of washout on."""

    started_on: date
    pre: tuple[date, date]
    post: tuple[date, date]

    @property
    def pre_months(self) -> int:
        return len(months_between(*self.pre))

    @property
    def post_months(self) -> int:
        return len(months_between(*self.post))

    @property
    def washout_months(self) -> int:
        return 1 if self.started_on.day == 1 else 2


@dataclass(frozen=True)
class Treated:
    """One treated cell of an effect."""

    team_id: str
    task_id: str
    window: Window


@dataclass
class Estimate:
    """Point and interval of an effect on the log scale."""

    design: str | None
    treated: dict[str, float]
    controls: dict[str, float]
    effect: float | None = None
    error: float | None = None
    deviation: float | None = None
    freedom: int | None = None
    is_comparable: bool = True

    @property
    def interval(self) -> tuple[float, float] | None:
        if self.effect is None or self.error is None or self.freedom is None:
            return None
        width = float(student.ppf(0.95, self.freedom)) * self.error
        return self.effect - width, self.effect + width


class Impact:
    """Effects of the interventions as of one day."""

    def __init__(self, view: View, until: date | None = None) -> None:
        self.view, self.until = view, until or view.as_of_on
        self.interventions = [r for r in view.interventions if r["started_on"] <= self.until]
        self.hours: dict[Cell, list[tuple[date, float]]] = {}
        for entry in view.worked:
            team = view.people[entry.person_id].team_id
            if entry.task_id != UNMAPPED:
                self.hours.setdefault((team, entry.task_id), []).append((entry.on, entry.hours))
        self.rows: dict[Cell, list[tuple[date, float, float | None]]] = {}
        for row in view.delivered:
            if row.task_id != UNMAPPED:
                cell = row.team_id, row.task_id
                self.rows.setdefault(cell, []).append((row.on, row.units, row.versions))

    def window(self, started_on: date) -> Window:
        washout = 1 if started_on.day == 1 else 2
        first = add_months(started_on.replace(day=1), washout)
        # Decision 7: a day of the programme is never "before".
        start, end = self.view.window
        before_start = min(end, started_on - timedelta(days=1))
        return Window(started_on, (start, before_start), (first, self.until))

    def sums(self, cell: Cell, span: tuple[date, date]) -> tuple[float, float]:
        """Hours and units of a cell in a span."""
        return (
            sum(h for on, h in self.hours.get(cell, []) if span[0] <= on <= span[1]),
            sum(u for on, u, _ in self.rows.get(cell, []) if span[0] <= on <= span[1]),
        )

    def change(self, cell: Cell, window: Window) -> float | None:
        """d of one cell; null where any of its four sums is 0."""
        hours_pre, units_pre = self.sums(cell, window.pre)
        hours_post, units_post = self.sums(cell, window.post)
        if min(hours_pre, units_pre, hours_post, units_post) <= 0:
            return None
        return log(hours_post / units_post) - log(hours_pre / units_pre)

    def effects(self) -> dict[str, list[Treated]]:
        found: dict[str, list[Treated]] = {}
        for row in self.interventions:
            cell = Treated(row["team_id"], row["task_id"], self.window(row["started_on"]))
            found.setdefault(row["intervention_id"], []).append(cell)
            found.setdefault("all", []).append(cell)
        return found

    def _means(self, changes: Iterable[tuple[str, float | None]]) -> dict[str, float]:
        by_team: dict[str, list[float]] = {}
        for team, d in changes:
            if d is not None:
                by_team.setdefault(team, []).append(d)
        return {team: mean(values) for team, values in sorted(by_team.items())}

    def control_cells(self, cells: list[Treated]) -> list[Treated]:
        """The same tasks and months in teams that are on the other side only."""
        ever = {(r["team_id"], r["task_id"]) for r in self.interventions}
        inside = {c.team_id for c in cells}
        return [
            Treated(team, task, window)
            for task, window in sorted({(c.task_id, c.window) for c in cells}, key=str)
            for team in self.view.teams
            if team not in inside and (team, task) not in ever
        ]

    def estimate(self, cells: list[Treated]) -> Estimate:
        treated = self._means(
            (c.team_id, self.change((c.team_id, c.task_id), c.window)) for c in cells
        )
        controls = self._means(
            (c.team_id, self.change((c.team_id, c.task_id), c.window))
            for c in self.control_cells(cells)
        )
        found = Estimate("teams", treated, controls)
        n_t, n_c = len(treated), len(controls)
        if n_t >= 2 and n_c >= 2:
            squares = sum(
                (d - mean(side.values())) ** 2
                for side in (treated, controls)
                for d in side.values()
            )
            found.effect = mean(treated.values()) - mean(controls.values())
            found.freedom = n_t + n_c - 2
            found.deviation = sqrt(squares / found.freedom)
            found.error = found.deviation * sqrt(1 / n_t + 1 / n_c)
            return found
        return self._within(cells, treated, controls)

    def _within(
        self, cells: list[Treated], treated: dict[str, float], controls: dict[str, float]
    ) -> Estimate:
        """Treated against untreated cells of the same team."""
        ever = {(r["team_id"], r["task_id"]) for r in self.interventions}
        untreated = self._means(
            (team, self.change((team, task), window))
            for team in treated
            for window in {c.window for c in cells if c.team_id == team}
            for task in self.view.tasks
            if (team, task) not in ever
        )
        gaps = {team: d - untreated[team] for team, d in treated.items() if team in untreated}
        found = Estimate("within", treated, controls)
        if len(gaps) >= 2:
            found.treated = gaps
            found.effect = mean(gaps.values())
            found.freedom = len(gaps) - 1
            found.deviation = stdev(gaps.values())
            found.error = found.deviation / sqrt(len(gaps))
        else:
            found.design = None
            found.is_comparable = bool(treated) if len(controls) >= 2 else bool(gaps)
        return found

    def monthly(self, team: str, cells: list[Treated], months: list[date]) -> list[float]:
        """y of one team by month: the mean over its cells of ln(hours/units).

        NaN where a cell has no figure: model.md does not say how its team's mean goes on.
        """
        values = []
        for month in months:
            sums = [
                self.sums((team, c.task_id), (month, last_day(month)))
                for c in cells
                if c.team_id == team
            ]
            logs = [log(h / u) for h, u in sums if h > 0 and u > 0]
            values.append(mean(logs) if len(logs) == len(sums) else float("nan"))
        return [] if all(v != v for v in values) else values

    def quality(self, cells: list[Treated]) -> tuple[float, float, float] | None:
        """Log ratio of versions per unit post/pre with its bounds."""
        sides: list[list[tuple[float, float]]] = [[], []]
        for c in cells:
            for on, units, versions in self.rows.get((c.team_id, c.task_id), []):
                if versions is None or units <= 0:
                    continue
                for side, span in zip(sides, (c.window.pre, c.window.post), strict=True):
                    if span[0] <= on <= span[1]:
                        side.append((versions, units))
        if min(len(side) for side in sides) < 2:
            return None
        values, spreads = [], []
        for side in sides:
            per_unit = [v / u for v, u in side]
            values.append(sum(v for v, _ in side) / sum(u for _, u in side))
            spreads.append((stdev(per_unit) / mean(per_unit)) ** 2 / len(side))
        ratio = log(values[1] / values[0])
        width = Z90 * sqrt(sum(spreads))
        return ratio, ratio - width, ratio + width


def quality_verdict(bounds: tuple[float, float, float] | None) -> str:
    if bounds is None:
        return "unproven"
    _, low, high = bounds
    return "held" if high < log(1.2) else "worse" if low > 0 else "unproven"


def detectable(estimate: Estimate, pre_months: int) -> float | None:
    """MDE of the verdict's own test as a saving; the spec's examples are 1 − e^−x."""
    n_t, n_c = len(estimate.treated), len(estimate.controls)
    if estimate.design != "teams" or n_t + n_c < 4 or pre_months < 3 or not estimate.deviation:
        return None
    freedom = n_t + n_c - 2
    quantiles = float(student.ppf(0.95, freedom) + student.ppf(0.80, freedom))
    return 1 - exp(-quantiles * estimate.deviation * sqrt(1 / n_t + 1 / n_c))


def detectable_before(impact: Impact, cells: list[Treated]) -> float | None:
    """MDE before roll-out, from the noise of the pre-months; NaN where a month is missing."""
    window = cells[0].window
    months = months_between(*window.pre)
    sides: list[list[list[float]]] = []
    for side in (cells, impact.control_cells(cells)):
        panel = [impact.monthly(team, side, months) for team in sorted({c.team_id for c in side})]
        sides.append([row for row in panel if row])
    every = [row for side in sides for row in side]
    if len(every) < 4 or min(map(len, sides)) < 2 or len(months) < 3:
        return None
    if any(np.isnan(row).any() for row in every):
        return float("nan")
    y = np.array(every)
    residuals = y - y.mean(axis=1, keepdims=True) - y.mean(axis=0, keepdims=True) + y.mean()
    teams = len(every)
    noise = float((residuals**2).sum()) / ((teams - 1) * (len(months) - 1))
    first = add_months(window.started_on.replace(day=1), window.washout_months)
    post = [add_months(first, i) for i in range(POST_PLANNED)]
    deviation = sqrt(noise * kappa_squared(months, post))
    freedom = teams - 2
    quantiles = float(student.ppf(0.95, freedom) + student.ppf(0.80, freedom))
    return 1 - exp(-quantiles * deviation * sqrt(sum(1 / len(side) for side in sides)))


def kappa_squared(pre: list[date], post: list[date]) -> float:
    """κ²: variance of a difference of means of correlated months over that of one month."""
    index = np.array([month.year * 12 + month.month for month in (*pre, *post)])
    correlation = CORRELATION ** np.abs(index[:, None] - index[None, :])
    n = len(pre)
    weights = np.concatenate([np.full(n, -1 / n), np.full(len(post), 1 / len(post))])
    centre = np.eye(n) - 1 / n
    noise = np.trace(centre @ correlation[:n, :n]) / (n - 1)
    return float(weights @ correlation @ weights / noise)


def look_before(view: View) -> date:
    """The last day of the month before the report's."""
    return last_day(add_months(view.as_of_on.replace(day=1), -1))
