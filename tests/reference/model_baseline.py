"""Section 1 of model.md, baseline hours, in plain Python.

Does not belong here: what is published of it (merging, folding).
"""

from dataclasses import dataclass, field
from math import exp, sqrt

from tests.reference.model_inputs import View

Cell = tuple[str, str]


@dataclass
class BaselineCell:
    """Calibrated weekly hours of one team on one task; hours null where not covered."""

    hours: float
    source: str
    ratio: float
    people: int
    low: float | None = None
    high: float | None = None


@dataclass
class Baseline:
    """What the later sections need: H, its interval, and the checks by team."""

    cells: dict[Cell, BaselineCell] = field(default_factory=dict)
    respondents: dict[str, int] = field(default_factory=dict)
    with_timesheets: dict[str, int] = field(default_factory=dict)
    declared_to_contract: dict[str, float | None] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    capped: dict[str, dict[str, float]] = field(default_factory=dict)
    observed: dict[str, dict[str, float]] = field(default_factory=dict)
    calibrated_on: set[str] = field(default_factory=set)

    def team_hours(self, team: str) -> float:
        """H_j, the unmapped task included."""
        return sum(cell.hours for (j, _), cell in self.cells.items() if j == team)

    @property
    def all_hours(self) -> float:
        return sum(cell.hours for cell in self.cells.values())


def _ratio_error(pairs: list[tuple[float, float]]) -> float | None:
    """SE(R)/R of the ratio Σs/Σf' over pairs (s, f'); null where it cannot be computed."""
    n = len(pairs)
    sum_s, sum_f = sum(s for s, _ in pairs), sum(f for _, f in pairs)
    if n < 2 or sum_f == 0 or sum_s == 0:
        return None
    ratio = sum_s / sum_f
    square = sum((s - ratio * f) ** 2 for s, f in pairs) / (n * (n - 1) * (sum_f / n) ** 2)
    return sqrt(square) / ratio


def _observe(view: View) -> dict[str, dict[str, float]]:
    """s[p][i]: hours per full working week, in the window."""
    hours: dict[str, dict[str, float]] = {}
    days: dict[str, set[object]] = {}
    for entry in view.worked:
        if view.in_window(entry.on):
            of_person = hours.setdefault(entry.person_id, {})
            of_person[entry.task_id] = of_person.get(entry.task_id, 0.0) + entry.hours
            days.setdefault(entry.person_id, set()).add(entry.on)
    return {
        person: {
            task: h / (len(days[person]) / min(5, view.people[person].contract_hours / 7))
            for task, h in of_person.items()
        }
        for person, of_person in hours.items()
    }


def compute_baseline(view: View) -> Baseline:
    base = Baseline()
    contract = {p.person_id: p.contract_hours for p in view.people.values()}
    for person, declared in view.declared.items():
        total = sum(declared.values())
        if total > 0:  # a respondent
            factor = min(1, contract[person] / total)
            base.capped[person] = {i: f * factor for i, f in declared.items() if f > 0}
    base.observed = _observe(view)
    base.calibrated_on = {
        person
        for person in base.capped.keys() & base.observed.keys()
        if round(sum(base.observed[person].values()) / contract[person], 9) >= 0.8
    }
    pairs: dict[str, list[tuple[float, float]]] = {}
    for person in sorted(base.calibrated_on):
        s, f = base.observed[person], base.capped[person]
        for task in s.keys() | f.keys():
            pairs.setdefault(task, []).append((s.get(task, 0.0), f.get(task, 0.0)))
    every_pair = [pair for of_task in pairs.values() for pair in of_task]
    overall = sum(s for s, _ in every_pair) / sum(f for _, f in every_pair) if every_pair else None
    pooled_error = _ratio_error(every_pair)

    def ratio_of(task: str) -> float:
        if overall is None:
            return 1.0
        sum_s = sum(s for s, _ in pairs.get(task, []))
        sum_f = sum(f for _, f in pairs.get(task, []))
        if sum_f == 0:
            return overall
        mean = sum_f / len(pairs[task])
        return (sum_s + 5 * mean * overall) / (sum_f + 5 * mean)

    def error_of(task: str) -> float | None:
        of_task = pairs.get(task, [])
        if len(of_task) >= 3 and sum(s for s, _ in of_task) > 0 and sum(f for _, f in of_task) > 0:
            return _ratio_error(of_task)
        return None if pooled_error is None else 2 * pooled_error

    tasks = sorted(
        {i for f in base.capped.values() for i in f}
        | {i for s in base.observed.values() for i in s}
    )
    base.ratios = {task: ratio_of(task) for task in tasks}
    for team, row in view.teams.items():
        members = [p for p, person in view.people.items() if person.team_id == team]
        respondents = [p for p in members if p in base.capped]
        timed = [p for p in members if p in base.observed]
        base.respondents[team], base.with_timesheets[team] = len(respondents), len(timed)
        base.declared_to_contract[team] = (
            sum(sum(view.declared[p].values()) for p in respondents)
            / sum(contract[p] for p in respondents)
            if respondents
            else None
        )
        for task in tasks:
            f = [base.capped[p].get(task, 0.0) for p in respondents]
            s = [base.observed[p].get(task, 0.0) for p in timed]
            people = sum(
                1
                for p in members
                if base.capped.get(p, {}).get(task, 0) > 0
                or base.observed.get(p, {}).get(task, 0) > 0
            )
            if sum(f) > 0:
                n = len(f)
                cell = BaselineCell(
                    base.ratios[task] * row["headcount"] / n * sum(f),
                    "calibrated" if base.calibrated_on else "declared",
                    base.ratios[task],
                    people,
                )
                error = error_of(task)
                if n >= 3 and base.calibrated_on and error is not None:
                    mean = sum(f) / n
                    variance = sum((x - mean) ** 2 for x in f) / (n - 1)
                    spread = max(0.0, 1 - n / row["headcount"]) * variance / (n * mean**2)
                    width = 1.645 * sqrt(error**2 + spread)
                    cell.low, cell.high = cell.hours * exp(-width), cell.hours * exp(width)
                base.cells[team, task] = cell
            elif sum(s) > 0:
                base.cells[team, task] = BaselineCell(
                    row["headcount"] / len(s) * sum(s), "observed", base.ratios[task], people
                )
    return base
