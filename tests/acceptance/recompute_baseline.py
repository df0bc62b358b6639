"""Section 1 of model.md once more, in plain Python: calibrated weekly hours by team and task.

Belongs here: its steps 1 to 5, read from the specification alone. Does not belong here: intervals,
what follows from the hours (recompute), any import of Jalon.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.acceptance.raw_files import RawEngagement

Cell = tuple[str, str]


@dataclass(frozen=True)
class Baseline:
    """Section 1. `ratios` is the calibration R̃ by task, `hours` H by team and task."""

    ratios: dict[str, float]
    hours: dict[Cell, float]
    sources: dict[Cell, str]


def baseline(raw: RawEngagement) -> Baseline:
    """Section 1, steps 1 to 5."""
    capped = _capped(raw)
    observed, ratio = _observed(raw)
    both = [p for p in capped if p in observed and round(ratio[p], 9) >= 0.8]
    f_all = sum(sum(capped[p].values()) for p in both)
    overall = sum(sum(observed[p].values()) for p in both) / f_all if both else 1.0
    tasks = {t for hours in (*capped.values(), *observed.values()) for t in hours}
    ratios = {}
    for task in tasks:
        f = [capped[p].get(task, 0.0) for p in both]
        s = [observed[p].get(task, 0.0) for p in both]
        n = sum(1 for x, y in zip(f, s, strict=True) if x > 0 or y > 0)
        prior = 5 * sum(f) / n if n else 0.0
        if n and sum(f) > 0:
            ratios[task] = (sum(s) + prior * overall) / (sum(f) + prior)
        else:
            ratios[task] = overall
    hours: dict[Cell, float] = {}
    sources: dict[Cell, str] = {}
    for team, spec in raw.config["teams"].items():
        people = [p for p, (t, _) in raw.members.items() if t == team]
        answered = [p for p in people if p in capped]
        tracked = [p for p in people if p in observed]
        for task in tasks:
            declared = sum(capped[p].get(task, 0.0) for p in answered)
            seen = sum(observed[p].get(task, 0.0) for p in tracked)
            if declared > 0:
                hours[team, task] = ratios[task] * spec["headcount"] / len(answered) * declared
                sources[team, task] = "calibrated" if both else "declared"
            elif seen > 0:
                hours[team, task] = spec["headcount"] / len(tracked) * seen
                sources[team, task] = "observed"
    return Baseline(ratios, hours, sources)


def _capped(raw: RawEngagement) -> dict[str, dict[str, float]]:
    """What each person declared, together no more than the contract."""
    capped = {}
    for person, hours in raw.declared.items():
        if person in raw.members:
            factor = min(1.0, raw.members[person][1] / sum(hours.values()))
            capped[person] = {task: h * factor for task, h in hours.items()}
    return capped


def _observed(raw: RawEngagement) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Timesheet hours per full working week, and their ratio to the contract."""
    window = raw.config["calendar"]["baseline"]
    total: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    days: dict[str, set[Any]] = defaultdict(set)
    for entry in raw.entries:
        is_inside = window["start"] <= entry.day <= window["end"]
        if is_inside and entry.task != "absence" and entry.email in raw.members:
            total[entry.email][entry.task] += entry.hours
            days[entry.email].add(entry.day)
    observed, ratio = {}, {}
    for person, hours in total.items():
        contract = raw.members[person][1]
        weeks = len(days[person]) / min(5, contract / 7)
        observed[person] = {task: h / weeks for task, h in hours.items()}
        ratio[person] = sum(observed[person].values()) / contract
    return observed, ratio
