"""What everybody worked on, day by day, and what was delivered, with the true effects inside.

Belongs here: the truth behind timesheets and deliverables. Does not belong here: how a tool
writes it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from demo.people import Person, load

_LEAVE_SUMMER, _LEAVE_SPRING, _RTT_DAYS, _SICK_DAYS = 15, 5, 8, 3
_LONGEST_ENTRY = 3.0
_USUAL_ENTRIES = (1.0, 1.5, 0.75, 2.0, 1.25, 1.75)


@dataclass(frozen=True)
class Entry:
    """One piece of work (or an absence, whose `task` is its label) of one person on one day."""

    person: Person
    day: date
    task: str
    hours: float
    is_absence: bool = False


@dataclass(frozen=True)
class Delivery:
    """What a team delivered of one task in one week."""

    day: date
    team: str
    task: str
    units: int
    versions: int


@dataclass(frozen=True)
class TrueEffect:
    """The known effect of one intervention in its treated teams.

    Attributes:
        treated: the treated teams.
        saving: share of the hours per unit that disappears.
        versions_ratio: versions per unit after, divided by before.
    """

    treated: frozenset[str]
    saving: float
    versions_ratio: float


@dataclass(frozen=True)
class Activity:
    """Everything that happened."""

    entries: list[Entry]
    deliveries: list[Delivery]


def true_effects() -> dict[str, TrueEffect]:
    """The planted effects by task, for tests of what the pipeline finds."""
    return {
        task: TrueEffect(
            frozenset(spec["teams"]), 1 - spec["hours_factor"], spec["versions_factor"]
        )
        for task, spec in load("workload.yaml")["interventions"].items()
    }


def simulate(
    people: Sequence[Person], workload: Mapping[str, Any], rng: np.random.Generator
) -> Activity:
    """Let everybody work through the engagement's year.

    Args:
        people: everybody of the roster.
        workload: workload.yaml.
        rng: the source of chance.
    """
    calendar = workload["calendar"]
    days = _open_days(calendar)
    factors = _Factors(workload, rng)
    entries: list[Entry] = []
    volume: dict[tuple[str, str, date], float] = defaultdict(float)
    for person in people:
        due = [d for d in days if person.is_employed(d) and d.weekday() < person.days_per_week]
        absences = _absences(due, calendar, rng)
        entries += [Entry(person, d, absences[d], 7.0, True) for d in due if d in absences]
        present = [d for d in due if d not in absences]
        entries += _worked(person, present, factors, volume, rng)
    entries.sort(key=lambda e: (e.day, e.person.email))
    return Activity(entries, _deliveries(volume, factors, workload, rng))


class _Factors:
    """Monthly factors of a team's task: how much there is to do, and how long a unit takes."""

    def __init__(self, workload: Mapping[str, Any], rng: np.random.Generator) -> None:
        self.tasks, self.season = workload["tasks"], workload["season"]
        self.interventions = workload["interventions"]
        self.start: date = workload["calendar"]["programme_start"]
        noise = workload["noise"]
        months = [(2025, m) for m in (10, 11, 12)] + [(2026, m) for m in range(1, 10)]
        self._volume: dict[tuple[str, str, int, int], float] = {}
        self._hours: dict[tuple[str, str, int, int], float] = {}
        for team, spec in workload["teams"].items():
            for task in spec["work"]:
                if not self.is_counted(task):
                    continue
                for target, sigma in (
                    (self._volume, noise["volume"]),
                    (self._hours, noise["hours"]),
                ):
                    series = _autocorrelated(len(months), sigma, noise["autocorrelation"], rng)
                    for (year, month), value in zip(months, series, strict=True):
                        target[team, task, year, month] = float(np.exp(value))

    def is_counted(self, task: str) -> bool:
        """Whether the task has countable units."""
        return "hours_per_unit" in self.tasks[task]

    def volume(self, team: str, task: str, day: date) -> float:
        """Work that comes in, as a factor of the usual."""
        return float(self.season[day.month]) * self._volume[team, task, day.year, day.month]

    def effort(self, team: str, task: str, day: date) -> float:
        """Hours per unit, as a factor of the usual: chance and the planted effect."""
        chance = self._hours[team, task, day.year, day.month]
        return chance * self._effect(team, task, day, "hours_factor")

    def versions(self, team: str, task: str, day: date) -> float:
        """Versions per unit, as a factor of the usual."""
        return self._effect(team, task, day, "versions_factor")

    def _effect(self, team: str, task: str, day: date, kind: str) -> float:
        spec = self.interventions.get(task)
        if spec is None or team not in spec["teams"] or day < self.start:
            return 1.0
        factor = float(spec[kind])
        in_first_month = (day.year, day.month) == (self.start.year, self.start.month)
        return (1 + factor) / 2 if in_first_month else factor


def _autocorrelated(
    length: int, sigma: float, correlation: float, rng: np.random.Generator
) -> list[float]:
    shocks = rng.normal(0, sigma, length)
    series = [float(shocks[0])]
    for shock in shocks[1:]:
        series.append(correlation * series[-1] + float(shock) * (1 - correlation**2) ** 0.5)
    return series


def _open_days(calendar: Mapping[str, Any]) -> list[date]:
    count = (calendar["last_day"] - calendar["first_day"]).days + 1
    days = (calendar["first_day"] + timedelta(days=n) for n in range(count))
    return [d for d in days if d.weekday() < 5 and d not in calendar["public_holidays"]]


def _absences(
    days: Sequence[date], calendar: Mapping[str, Any], rng: np.random.Generator
) -> dict[date, str]:
    """The days off of one person: a closed week, summer, a spring week, single days, illness."""
    closed = {d: "Congés payés" for d in calendar["closed_between_years"] if d in days}
    summer = [d for d in days if d.month in (7, 8)]
    spring = [d for d in days if d.month in (2, 4)]
    off = dict(closed)
    for pool, length in ((summer, _LEAVE_SUMMER), (spring, _LEAVE_SPRING)):
        if len(pool) > length:
            first = int(rng.integers(0, len(pool) - length))
            off |= dict.fromkeys(pool[first : first + length], "Congés payés")
    rest = [d for d in days if d not in off]
    single = min(_RTT_DAYS + int(rng.poisson(_SICK_DAYS)), len(rest) // 6)
    for place, index in enumerate(rng.choice(len(rest), single, replace=False)):
        off[rest[int(index)]] = "RTT" if place < _RTT_DAYS else "Maladie"
    return off


def _worked(
    person: Person,
    days: Iterable[date],
    factors: _Factors,
    volume: dict[tuple[str, str, date], float],
    rng: np.random.Generator,
) -> list[Entry]:
    """The entries of one person. Work piles up per task; each day takes from the highest piles."""
    tasks = list(person.work)
    usual = np.array([person.work[t] for t in tasks]) / person.days_per_week
    counted = np.array([factors.is_counted(t) for t in tasks])
    usual_rest = float(usual[~counted].sum())
    day_hours = person.weekly_hours / person.days_per_week
    piles = rng.uniform(0, 1, len(tasks))
    rates: dict[tuple[int, int], np.ndarray[Any, np.dtype[np.float64]]] = {}
    entries: list[Entry] = []
    for day in days:
        month = (day.year, day.month)
        if month not in rates:
            rate = usual.copy()
            for i in np.flatnonzero(counted):
                task = tasks[i]
                rate[i] *= factors.volume(person.team, task, day)
                rate[i] *= factors.effort(person.team, task, day)
            # What is gained or lost on countable work goes to the rest of the day's work.
            rate[~counted] *= max(0.2, (day_hours - float(rate[counted].sum())) / usual_rest)
            rates[month] = rate
        piles += rates[month]
        week_end = day + timedelta(days=4 - day.weekday())
        for i in np.flatnonzero(counted):
            task = tasks[i]
            load_today = usual[i] * factors.volume(person.team, task, day)
            volume[person.team, task, week_end] += float(load_today)
        left = max(4.0, round((day_hours * 1.01 + float(rng.normal(0, 0.4))) * 4) / 4)
        while left > 0:
            highest = int(piles.argmax())
            usual_entry = _USUAL_ENTRIES[len(entries) % len(_USUAL_ENTRIES)]
            hours = min(left, _LONGEST_ENTRY, max(usual_entry, int(float(piles[highest]) * 4) / 4))
            piles[highest] -= hours
            left -= hours
            entries.append(Entry(person, day, tasks[highest], hours))
    return entries


def _deliveries(
    volume: Mapping[tuple[str, str, date], float],
    factors: _Factors,
    workload: Mapping[str, Any],
    rng: np.random.Generator,
) -> list[Delivery]:
    owed: dict[tuple[str, str], float] = defaultdict(float)
    last_day = workload["calendar"]["last_day"]
    deliveries = []
    for (team, task, week_end), load_hours in sorted(volume.items(), key=lambda x: (x[0][2], x[0])):
        spec = workload["tasks"][task]
        chance = float(np.exp(rng.normal(0, workload["noise"]["units"])))
        owed[team, task] += load_hours / spec["hours_per_unit"] * chance
        units = round(owed[team, task])
        if units <= 0:
            continue
        owed[team, task] -= units
        day = min(week_end, last_day)
        again = spec["versions"] * factors.versions(team, task, day) - 1
        deliveries.append(Delivery(day, team, task, units, units + int(rng.poisson(units * again))))
    return deliveries
