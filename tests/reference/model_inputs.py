"""The engagement as the reference model sees it: rows as of a month, labels as tasks.

Belongs here: model.md's opening section (as of, who counts, labels).
Does not belong here: any formula of its numbered sections, any SQL.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

UNMAPPED = "unmapped"
Row = dict[str, Any]


@dataclass
class Engagement:
    """The tables of one engagement as lists of rows, and the last day that a build looks at."""

    engagement_id: str
    as_of_on: date
    raw: dict[str, list[Row]]
    enrichment: dict[str, list[Row]]
    seed: int = -1
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    """Who counts: a person of the roster on the last day of the baseline."""

    person_id: str
    team_id: str
    contract_hours: float


@dataclass(frozen=True)
class Worked:
    """Hours of one person on one task and day."""

    person_id: str
    on: date
    task_id: str
    hours: float


@dataclass(frozen=True)
class Delivered:
    """One deliverable row that a task matched."""

    team_id: str
    task_id: str
    on: date
    units: float
    versions: float | None


class View:
    """One engagement as of its month."""

    def __init__(self, engagement: Engagement) -> None:
        self.source = engagement
        self.config = engagement.raw["engagement"][0]
        self.as_of_on = engagement.as_of_on
        self.window: tuple[date, date] = (
            self.config["baseline_start"],
            self.config["baseline_end"],
        )
        self.teams = {row["team_id"]: row for row in engagement.raw["teams"]}
        self.tasks = sorted(
            row["task_id"] for row in engagement.enrichment["tasks"] if row["task_id"] != UNMAPPED
        )
        self._matches = {
            (row["source"], row["label"]): row["task_id"]
            for row in engagement.enrichment["task_matches"]
        }

    def rows(self, table: str) -> list[Row]:
        return self.source.raw.get(table, [])

    def proposals(self, table: str) -> list[Row]:
        return self.source.enrichment.get(table, [])

    def task_of(self, source: str, label: str | None) -> str:
        return self._matches.get((source, label)) or UNMAPPED

    def in_window(self, on: date) -> bool:
        return self.window[0] <= on <= self.window[1]

    @cached_property
    def people(self) -> dict[str, Person]:
        """The team of the roster on the last day of the baseline; who left before is out."""
        end = self.window[1]
        return {
            row["person_id"]: Person(
                row["person_id"],
                row["team_id"],
                row["weekly_hours"] or self.config["weekly_hours"],
            )
            for row in self.rows("people")
            if row["team_id"] is not None
            and (row["left_on"] is None or row["left_on"] >= end)
            and (row["started_on"] is None or row["started_on"] <= end)
        }

    @cached_property
    def worked(self) -> list[Worked]:
        """Timesheet entries of those who count, without absences."""
        found = []
        for row in self.rows("timesheet_entries"):
            task = self.task_of("timesheet", row["label"])
            if (
                task != "absence"
                and row["worked_on"] <= self.as_of_on
                and row["person_id"] in self.people
                and row["hours"] > 0
            ):
                found.append(Worked(row["person_id"], row["worked_on"], task, row["hours"]))
        return found

    @cached_property
    def delivered(self) -> list[Delivered]:
        found = []
        for row in self.rows("deliverables"):
            task = self.task_of("deliverable", row["label"])
            if task != "absence" and row["delivered_on"] <= self.as_of_on:
                found.append(
                    Delivered(
                        row["team_id"], task, row["delivered_on"], row["units"], row["versions"]
                    )
                )
        return found

    def local_date(self, at: datetime) -> date:
        zone = ZoneInfo(self.config["timezone"])
        return at.replace(tzinfo=UTC).astimezone(zone).date()

    @cached_property
    def declared(self) -> dict[str, dict[str, float]]:
        """f[p][i] of each person with a baseline form: the last submitted one."""
        last: dict[str, Row] = {}
        for row in sorted(self.rows("form_responses"), key=lambda r: r["response_id"]):
            if (
                row["wave"] == "baseline"
                and row["person_id"] in self.people
                and self.local_date(row["submitted_at"]) <= self.as_of_on
            ):
                known = last.get(row["person_id"])
                if known is None or row["submitted_at"] > known["submitted_at"]:
                    last[row["person_id"]] = row
        by_response: dict[str, list[Row]] = {}
        for row in self.rows("form_tasks"):
            by_response.setdefault(row["response_id"], []).append(row)
        forms: dict[str, dict[str, float]] = {}
        for person, response in last.items():
            hours: dict[str, float] = {}
            for row in by_response.get(response["response_id"], []):
                task = self.task_of("form", row["label"])
                if task != "absence" and row["weekly_hours"]:
                    hours[task] = hours.get(task, 0.0) + row["weekly_hours"]
            forms[person] = hours
        return forms

    @cached_property
    def decided_tasks(self) -> dict[str, Row]:
        return {row["task_id"]: row for row in self.rows("decision_tasks")}

    @cached_property
    def tags(self) -> dict[str, Row]:
        """The tag of each task: what people decided, else what was proposed."""
        tags = {row["task_id"]: row for row in self.proposals("task_tags")}
        tags.update({row["task_id"]: row for row in self.rows("decision_tags")})
        return tags

    @cached_property
    def interventions(self) -> list[Row]:
        """Those that started by the month of the build, unmapped labels being no task."""
        return [r for r in self.rows("decision_interventions") if r["started_on"] <= self.as_of_on]


def month_of(on: date) -> date:
    return on.replace(day=1)


def add_months(month: date, count: int) -> date:
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def last_day(month: date) -> date:
    return add_months(month_of(month), 1) - timedelta(days=1)


def months_between(start: date, end: date) -> list[date]:
    """The calendar months from that of `start` to that of `end`, both included."""
    months, month = [], month_of(start)
    while month <= end:
        months.append(month)
        month = add_months(month, 1)
    return months
