"""Random but valid engagements, as rows of the raw and enrichment tables, one per integer seed.

Belongs here: what can happen in an engagement, edge cases included. Does not belong here: what
any of it should lead to (the models), files of any tool (ingestion's own tests).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np

from ingestion.tables import RAW_TABLES, write_raw_table
from llm_enrichment.tables import ENRICHMENT_TABLES, write_enrichment_table
from tests.reference.generated_decisions import decisions, interventions
from tests.reference.model_inputs import Engagement, Row, add_months, last_day, months_between

FORM_SLIPS = ("no_form", "one_respondent", "silent_team", "zero_hours")

_T = TypeVar("_T")


class Generator:
    """Draws one engagement; every choice comes from one seeded generator."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = np.random.default_rng(seed)
        self.is_measured = seed % 3 == 0  # enough teams and months for before and after
        self.slip = str(self.rng.choice(FORM_SLIPS)) if self.chance(0.3) else None
        self.has_timesheets = self.is_measured or not self.chance(0.15)
        self.raw: dict[str, list[Row]] = {table: [] for table in RAW_TABLES}
        self.enrichment: dict[str, list[Row]] = {table: [] for table in ENRICHMENT_TABLES}

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def number(self, low: float, high: float, digits: int = 2) -> float:
        return round(float(self.rng.uniform(low, high)), digits)

    def pick(self, *choices: _T) -> _T:
        return choices[self.whole(0, len(choices) - 1)]

    def make(self) -> Engagement:
        start = date(2025, self.whole(1, 6), 1)
        months = 3 if self.is_measured else self.whole(1, 4)
        end = last_day(add_months(start, months - 1))
        if not self.is_measured and self.chance(0.2):
            start, end = start + timedelta(days=self.whole(1, 12)), end - timedelta(days=5)
        self.start, self.end = start, end
        programme = add_months(end.replace(day=1), self.whole(0, 2))
        later = self.whole(5, 9) if self.is_measured else self.whole(0, 4)
        self.as_of_on = last_day(add_months(end.replace(day=1), later))
        self.raw["engagement"] = [
            {
                "client": "Agence Granit", "language": "fr", "timezone": "Europe/Paris",
                "currency": "EUR", "status": "active", "baseline_start": start,
                "priority": str(self.pick("productivity", "growth", "margin")),
                "baseline_end": end, "programme_start": programme,
                "weekly_hours": float(self.pick(35, 37.5, 39)),
                "teams_can_swap": self.chance(0.3), "min_group": 1 if self.chance(0.7) else 5,
                "share_benchmarks": False,
            }
        ]  # fmt: skip
        self.teams = [f"equipe_{i}" for i in range(1, self.team_count() + 1)]
        self.tasks = [f"tache_{i:02d}" for i in range(1, self.whole(1, 12) + 1)]
        self.people()
        self.labels()
        self.forms()
        self.timesheets()
        decisions(self)
        if self.is_measured:
            interventions(self)
        self.deliverables()
        for rows in (*self.raw.values(), *self.enrichment.values()):
            for row in rows:
                row["engagement_id"] = "agence-granit"
        return Engagement(
            "agence-granit", self.as_of_on, self.raw, self.enrichment, self.seed,
            [note for note in (self.slip,) if note],
        )  # fmt: skip

    def team_count(self) -> int:
        return self.whole(3, 6) if self.is_measured else self.whole(1, 6)

    def people(self) -> None:
        self.members: dict[str, list[Row]] = {}
        for team in self.teams:
            size = self.whole(3, 7) if self.chance(0.8) else self.whole(1, 2)
            self.raw["teams"].append(
                {
                    "team_id": team, "team_name": team.title(),
                    "headcount": float(size + self.pick(0, 0, 0, 1, 3)),
                    "hourly_cost": self.number(25, 70),
                }
            )  # fmt: skip
            self.members[team] = []
            for i in range(size):
                person: Row = {
                    "person_id": f"{team}-{i}-{self.whole(0, 10**9)}", "team_id": team,
                    "role": "role", "champion_consent": False,
                    "weekly_hours": self.pick(None, None, None, 28.0, 17.5, 35.0),
                    "started_on": None, "left_on": None,
                }  # fmt: skip
                if self.chance(0.07):  # left before, on or after the last day of the baseline
                    person["left_on"] = self.end + timedelta(days=self.whole(-20, 20))
                elif self.chance(0.03):
                    person["left_on"] = self.end
                elif self.chance(0.05):
                    person["started_on"] = self.start + timedelta(days=self.whole(0, 30))
                if person["started_on"] and person["started_on"] > self.end:
                    person["started_on"] = self.end
                self.members[team].append(person)
                self.raw["people"].append(person)

    def labels(self) -> None:
        """Labels by source: one or two per task, some unmapped, one of absence."""
        self.label_sets: dict[str, dict[str, list[str]]] = {}
        for source in ("form", "timesheet", "deliverable", "interview"):
            of_task = {t: [f"{t} {source}"] for t in self.tasks}
            for task in self.tasks:
                if self.chance(0.2):
                    of_task[task].append(f"{task} {source} bis")
            of_task["unmapped"] = [f"divers {source}"]
            of_task["absence"] = [f"congés {source}"]
            self.label_sets[source] = of_task
            for task, labels in of_task.items():
                self.enrichment["task_matches"] += [
                    {
                        "source": source, "label": label, "task_id": task, "confidence": 1.0,
                        "matched_by": "exact", "proposed_task_id": None,
                    }
                    for label in labels
                ]  # fmt: skip

    def label(self, source: str, task: str) -> str:
        return str(self.pick(*self.label_sets[source][task]))

    def habits(self, team: str) -> list[str]:
        """The tasks that a team does; the last task of some engagements is done by nobody."""
        doable = self.tasks[:-1] if self.seed % 4 == 1 and len(self.tasks) > 1 else self.tasks
        if self.is_measured:
            return doable[:4]
        count = self.whole(1, min(5, len(doable)))
        return [str(t) for t in self.rng.choice(doable, count, replace=False)]

    def forms(self) -> None:
        self.team_tasks = {team: self.habits(team) for team in self.teams}
        people = [p for team in self.teams for p in self.members[team]]
        if self.slip == "no_form":
            return
        answering = [p for p in people if not self.chance(0.15)]
        if self.slip == "one_respondent":
            answering = people[:1]
        if self.slip == "silent_team":
            answering = [p for p in answering if p["team_id"] != self.teams[-1]]
        for person in answering:
            for attempt in range(2 if self.chance(0.1) else 1):
                self.form(person, attempt, "baseline")
            if self.chance(0.05):
                self.form(person, 2, "followup")

    def form(self, person: Row, attempt: int, wave: str) -> None:
        response = f"{person['person_id']}-{wave}-{attempt}"
        submitted = datetime.combine(self.end, datetime.min.time()) + timedelta(
            days=self.whole(-25, 3) if not self.chance(0.05) else 60, hours=self.whole(8, 17)
        )
        self.raw["form_responses"].append(
            {
                "response_id": response, "file_hash": "f", "row_number": 2, "tool": "generic",
                "wave": wave, "person_id": person["person_id"], "submitted_at": submitted,
            }
        )  # fmt: skip
        tasks = list(self.team_tasks[person["team_id"]])
        tasks = [t for t in tasks if not self.chance(0.25)]
        if self.chance(0.2):
            tasks.append("unmapped")
        if self.chance(0.1):
            tasks.append("absence")
        if self.chance(0.1):
            tasks.append(str(self.pick(*self.tasks)))  # twice the same task is possible
        contract = person["weekly_hours"] or 35.0
        load = float(self.pick(0.8, 1.0, 1.1, 1.3))
        shares = self.rng.dirichlet(np.ones(len(tasks))) if tasks else []
        for position, (task, share) in enumerate(zip(tasks, shares, strict=True), start=1):
            hours: float | None = round(float(share) * contract * load, 2)
            if self.chance(0.04):
                hours = 0.0
            if self.slip == "zero_hours" and person["team_id"] == self.teams[0]:
                hours = 0.0
            self.raw["form_tasks"].append(
                {
                    "response_id": response, "position": position,
                    "label": self.label("form", task), "category": None, "weekly_hours": hours,
                }
            )  # fmt: skip

    def work_days(self, person: Row, first: date, last: date) -> Iterator[date]:
        days = round((person["weekly_hours"] or 35.0) / 7)
        day = first
        while day <= last:
            if day.weekday() < min(5, days):
                yield day
            day += timedelta(days=1)

    def timesheets(self) -> None:
        if not self.has_timesheets:
            return
        silent = self.teams[0] if self.chance(0.2) else None
        until = self.as_of_on if self.is_measured else self.end + timedelta(days=10)
        for team in self.teams:
            for person in self.members[team]:
                if team == silent or (not self.is_measured and self.chance(0.2)):
                    continue
                diligence = float(self.pick(1, 1, 1, 0.85, 0.5))
                habits = [*self.team_tasks[team], *(["unmapped"] if self.chance(0.2) else [])]
                for day in self.work_days(person, self.start, until):
                    if person["left_on"] and day > person["left_on"]:
                        break
                    if day > self.end and self.chance(0.75):
                        continue
                    self.day(person, day, diligence, habits)

    def day(self, person: Row, day: date, diligence: float, habits: list[str]) -> None:
        if self.chance(0.07):
            if self.chance(0.5):
                self.entry(person, day, "absence", 7.0)
            return
        total = diligence * float(self.rng.uniform(6, 8))
        parts = self.whole(1, 2)
        for part in range(parts):
            task = habits[self.whole(0, len(habits) - 1)]
            hours = 0.0 if self.chance(0.01) else round(total / parts, 2)
            self.entry(person, day, task, hours)
            del part

    def entry(self, person: Row, day: date, task: str, hours: float) -> None:
        self.raw["timesheet_entries"].append(
            {
                "entry_id": f"e{len(self.raw['timesheet_entries'])}", "file_hash": "t",
                "row_number": len(self.raw["timesheet_entries"]) + 2, "tool": "generic",
                "person_id": person["person_id"], "worked_on": day, "hours": hours,
                "label": self.label("timesheet", task),
            }
        )  # fmt: skip

    def deliverables(self) -> None:
        if not self.is_measured and self.chance(0.3):
            return
        is_steady = self.is_measured and self.chance(0.6)  # units follow hours, effects planted
        hours = self.hours_by_month()
        effects = {
            (r["team_id"], r["task_id"]): (r["started_on"], float(self.rng.choice((-1.2, 0, 0.9))))
            for r in self.raw["decision_interventions"]
        }
        for team in self.teams:
            for task in self.team_tasks[team]:
                if self.chance(0.05 if is_steady else 0.15):
                    continue
                started_on, effect = effects.get((team, task), (self.as_of_on, 0.0))
                for month in months_between(self.start, self.as_of_on):
                    if self.chance(0.02 if is_steady else 0.1):  # months with no data
                        continue
                    made = hours.get((team, task, month), 0.0) / 2
                    made *= float(np.exp(self.rng.normal(0, 0.05)))
                    if month > started_on:
                        made *= float(np.exp(-effect))
                    for _ in range(self.whole(2, 3)):
                        units = float(self.whole(0, 8) if self.chance(0.1) else self.whole(1, 8))
                        if is_steady:
                            units = round(made / 2, 2)
                        self.delivery(team, task, month, units, is_steady)

    def hours_by_month(self) -> dict[tuple[str, str, date], float]:
        task_of = {
            label: task for task, labels in self.label_sets["timesheet"].items() for label in labels
        }
        team_of = {p["person_id"]: p["team_id"] for p in self.raw["people"]}
        hours: dict[tuple[str, str, date], float] = {}
        for row in self.raw["timesheet_entries"]:
            month = row["worked_on"].replace(day=1)
            key = team_of[row["person_id"]], task_of[row["label"]], month
            hours[key] = hours.get(key, 0.0) + row["hours"]
        return hours

    def delivery(self, team: str, task: str, month: date, units: float, is_steady: bool) -> None:
        versions = units * self.number(1.4, 1.8) if is_steady else float(self.whole(1, 14))
        self.raw["deliverables"].append(
            {
                "deliverable_id": f"d{len(self.raw['deliverables'])}", "file_hash": "d",
                "row_number": len(self.raw["deliverables"]) + 2, "team_id": team,
                "delivered_on": month + timedelta(days=self.whole(0, 27)), "units": units,
                "versions": versions, "label": self.label("deliverable", task),
            }
        )  # fmt: skip


def make_engagement(seed: int) -> Engagement:
    """The engagement of `seed`; the same for the same seed."""
    return Generator(seed).make()


def write_engagement(engagement: Engagement, folder: Path) -> tuple[Path, Path]:
    """Write every raw and enrichment table; returns the two folders."""
    raw, enrichment = folder / "raw", folder / "enrichment"
    for table in RAW_TABLES:
        write_raw_table(raw, table, engagement.raw.get(table, []))
    for table in ENRICHMENT_TABLES:
        write_enrichment_table(enrichment, table, engagement.enrichment.get(table, []))
    return raw, enrichment
