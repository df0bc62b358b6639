"""Who works at the demo agency: the cast of agency.yaml plus generated colleagues.

Belongs here: people, their addresses, contracts and real working week. Does not belong here: what
happened on a given day (hours).
"""

import csv
import io
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import yaml

_HERE = Path(__file__).parent
CONTRACT_HOURS = 35.0
_PART_TIME = {("creation", 11): 21.0, ("clientele", 6): 28.0, ("social", 7): 28.0}
_JOINER = ("clientele", 9)
_ROSTER_COLUMNS = (
    "name", "email", "team", "role", "weekly_hours", "started_on", "left_on", "champion_consent",
)  # fmt: skip
_CONSENTING = {"Alice Lapis", "Zoé Gneiss", "Victor Galène", "Karim Agate"}


@dataclass(frozen=True)
class Person:
    """One person of the roster.

    Attributes:
        name: first name and surname, as written everywhere.
        email: the address that identifies the person.
        team: team key.
        role: job title.
        weekly_hours: contract hours a week.
        started_on: first day, None if long ago.
        left_on: last day, None if still there.
        consents: whether the person may be named as a champion.
        work: real hours a week by task, summing to the contract.
    """

    name: str
    email: str
    team: str
    role: str
    weekly_hours: float
    started_on: date | None
    left_on: date | None
    consents: bool
    work: Mapping[str, float]

    @property
    def days_per_week(self) -> int:
        """Working days a week at seven hours a day."""
        return min(5, round(self.weekly_hours / 7))

    def is_employed(self, day: date) -> bool:
        """Whether the contract covers that day."""
        return (self.started_on is None or self.started_on <= day) and (
            self.left_on is None or day <= self.left_on
        )


def load(name: str) -> dict[str, Any]:
    """One of the data files beside this module, parsed."""
    parsed: dict[str, Any] = yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))
    return parsed


def email_of(name: str, domain: str) -> str:
    """The address `first.surname@domain`, in plain ASCII letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return ".".join(plain.lower().split()) + "@" + domain


def make_people(
    agency: Mapping[str, Any], workload: Mapping[str, Any], rng: np.random.Generator
) -> list[Person]:
    """Everybody of the roster: per team the director, the key person, colleagues, and one leaver.

    Args:
        agency: agency.yaml.
        workload: workload.yaml.
        rng: the source of everybody's own habits.

    Returns:
        As many people as the headcounts at the end of the baseline, and one who left before.
    """
    people: list[Person] = []

    def add(team: str, name: str, role: str, place: int, left_on: date | None = None) -> None:
        hours = _PART_TIME.get((team, place), CONTRACT_HOURS)
        people.append(
            Person(
                name=name,
                email=email_of(name, agency["domain"]),
                team=team,
                role=role,
                weekly_hours=hours,
                started_on=date(2025, 11, 3) if (team, place) == _JOINER else None,
                left_on=left_on,
                consents=name in _CONSENTING,
                work=_own_week(workload, team, hours, place == 0, rng),
            )
        )

    for team in agency["teams"]:
        cast = [agency["directors"][team], agency["key_people"][team]]
        colleagues = workload["teams"][team]["colleagues"].items()
        roles = [(m["name"], m["role"]) for m in cast] + list(colleagues)
        for place, (name, role) in enumerate(roles):
            add(team, name, role, place)
    gone = workload["leaver"]
    add(gone["team"], gone["name"], gone["role"], len(people), gone["left_on"])
    return people


def _own_week(
    workload: Mapping[str, Any],
    team: str,
    hours: float,
    is_director: bool,
    rng: np.random.Generator,
) -> dict[str, float]:
    usual = dict(workload["teams"][team]["work"])
    if is_director:
        usual["encadrement"] *= 5
    own = {
        task: value * float(np.exp(rng.normal(0, workload["noise"]["habits"])))
        for task, value in usual.items()
    }
    total = sum(own.values())
    return {task: value * hours / total for task, value in own.items()}


def weekly_hours_on(people: Iterable[Person], day: date) -> dict[tuple[str, str], float]:
    """The real hours a week by team and task of everybody who is employed that day."""
    hours: dict[tuple[str, str], float] = defaultdict(float)
    for person in people:
        if person.is_employed(day):
            for task, value in person.work.items():
                hours[person.team, task] += value
    return dict(hours)


def roster_csv(people: Iterable[Person]) -> str:
    """The text of roster.csv."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_ROSTER_COLUMNS)
    for p in people:
        hours = "" if p.weekly_hours == CONTRACT_HOURS else f"{p.weekly_hours:g}"
        consent = "yes" if p.consents else ""
        writer.writerow(
            [p.name, p.email, p.team, p.role, hours, p.started_on or "", p.left_on or "", consent]
        )
    return out.getvalue()
