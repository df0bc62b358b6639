"""The raw files of the demo read with csv, openpyxl and yaml, as inputs.md describes them.

Belongs here: reading, without a line of Jalon's own code, so that two readings can be compared.
Does not belong here: any formula of model.md (recompute), nor formats that the demo has not.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import openpyxl
import yaml

Row = dict[str, str]


class Entry(NamedTuple):
    """A time entry that counts; `task` is `unmapped` or `absence` where it is none."""

    email: str
    day: date
    task: str
    hours: float


@dataclass(frozen=True)
class RawEngagement:
    """What people wrote and exported, and the proposals of the enrichment step.

    Attributes:
        members: team and weekly contract hours of who counts, by e-mail.
        declared: weekly hours by e-mail and task.
        tags: nature, rule_share and is_waiting by task, the consultant's over the proposals.
        scores: every human score by task and criterion.
        score_proposals: the proposed score by task and criterion.
    """

    config: dict[str, Any]
    members: dict[str, tuple[str, float]]
    declared: dict[str, dict[str, float]]
    entries: list[Entry]
    tasks: dict[str, Row]
    tags: dict[str, dict[str, Any]]
    scores: dict[tuple[str, str], list[float]]
    score_proposals: dict[tuple[str, str], float]


def read_raw(folder: Path, enrichment: Path) -> RawEngagement:
    """Read the engagement `folder` and the proposals in `enrichment` (Parquet)."""
    config = yaml.safe_load((folder / "engagement.yaml").read_text(encoding="utf-8"))
    roster = _csv(folder / "roster.csv")
    tasks = {row["task_id"]: row for row in _csv(folder / "decisions" / "tasks.csv")}
    labels = _Labels(folder, tasks, enrichment)
    scores: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in _csv(folder / "decisions" / "scores.csv"):
        scores[row["task_id"], row["criterion"]].append(float(row["score"]))
    return RawEngagement(
        config=config,
        members=_members(roster, config["calendar"]),
        declared=_declared(folder / "inbox" / "forms", labels),
        entries=_entries(folder / "inbox" / "timesheets", roster, labels),
        tasks=tasks,
        tags=_tags(folder, enrichment),
        scores=dict(scores),
        score_proposals={
            (task, criterion): score
            for task, criterion, score in _parquet(
                enrichment / "score_proposals.parquet", "task_id, criterion, score"
            )
        },
    )


def number(text: object) -> float:
    """A number with a decimal comma or point, with or without spaces between thousands."""
    return float(re.sub(r"[\s\u00a0\u202f]", "", str(text)).replace(",", "."))


class _Labels:
    """Decided labels first, then the task's very name, then what the enrichment matched."""

    def __init__(self, folder: Path, tasks: dict[str, Row], enrichment: Path) -> None:
        self._task: dict[tuple[str, str], str] = {
            (source, label): task
            for source, label, task in _parquet(
                enrichment / "task_matches.parquet", "source, label, task_id"
            )
        }
        for task, row in tasks.items():
            for source in ("form", "timesheet"):
                self._task[source, row["task_name"]] = task
        for row in _csv(folder / "decisions" / "task_map.csv"):
            self._task[row["source"], row["label"]] = row["task_id"]

    def task(self, source: str, label: str) -> str:
        return self._task[source, label.replace("\u00a0", " ").strip()]


def _members(roster: list[Row], calendar: dict[str, Any]) -> dict[str, tuple[str, float]]:
    """Who belongs to a team on the last day of the baseline."""
    end = calendar["baseline"]["end"].isoformat()
    return {
        row["email"]: (row["team"], float(row["weekly_hours"] or calendar["weekly_hours"]))
        for row in roster
        if not (row["left_on"] and row["left_on"] < end)
        and not (row["started_on"] and row["started_on"] > end)
    }


def _declared(folder: Path, labels: _Labels) -> dict[str, dict[str, float]]:
    """The last answer of each person."""
    last: dict[str, tuple[datetime, dict[str, float]]] = {}
    for submitted_at, answer in _answers(folder):
        email = answer["Votre adresse e-mail professionnelle"].strip().lower()
        hours: dict[str, float] = defaultdict(float)
        for n in range(1, 9):
            label = answer.get(f"Tâche {n} : nom de la tâche")
            weekly = answer.get(f"Tâche {n} : heures par semaine")
            if label and weekly:
                hours[labels.task("form", label)] += number(weekly)
        if email not in last or submitted_at > last[email][0]:
            last[email] = (submitted_at, {t: h for t, h in hours.items() if h > 0})
    return {email: hours for email, (_, hours) in last.items() if hours}


def _answers(folder: Path) -> Iterator[tuple[datetime, Row]]:
    for path in folder.glob("*.csv"):
        for row in _csv(path):
            yield datetime.strptime(row["Horodateur"], "%d/%m/%Y %H:%M:%S"), row
    for path in folder.glob("*.xlsx"):
        sheet = openpyxl.load_workbook(path).worksheets[0]
        header, *rows = sheet.iter_rows(values_only=True)
        names = [str(cell).strip() for cell in header]
        for values in rows:
            answer = dict(zip(names, values, strict=True))
            submitted_at = answer["Heure de fin"]
            assert isinstance(submitted_at, datetime)
            yield submitted_at, {k: str(v) for k, v in answer.items() if v is not None}


def _entries(folder: Path, roster: list[Row], labels: _Labels) -> list[Entry]:
    """Entries of people of the roster; of two exports of one month of a person, the newer one."""
    emails = {row["name"]: row["email"] for row in roster}
    known = set(emails.values())
    exports: dict[tuple[str, int, int], list[Entry]] = {}
    for path in sorted(folder.glob("*.csv"), key=lambda p: (p.stat().st_mtime_ns, p.name)):
        if path.stat().st_size == 0:
            continue
        rows = _csv(path, encoding="cp1252" if path.name == "notes_de_frais.csv" else "utf-8-sig")
        of_file: dict[tuple[str, int, int], list[Entry]] = defaultdict(list)
        for entry in _file_entries(rows, emails, labels):
            if entry.email in known and entry.hours > 0:
                of_file[entry.email, entry.day.year, entry.day.month].append(entry)
        exports |= of_file
    by_day: dict[tuple[str, date], list[Entry]] = defaultdict(list)
    for entries in exports.values():
        for entry in entries:
            by_day[entry.email, entry.day].append(entry)
    possible = (day for day in by_day.values() if sum(e.hours for e in day) <= 24)
    return [entry for day in possible for entry in day]


def _file_entries(rows: list[Row], emails: dict[str, str], labels: _Labels) -> Iterator[Entry]:
    for row in rows:
        if row.get("Duration"):
            hours, minutes, seconds = (int(part) for part in row["Duration"].split(":"))
            day = date.fromisoformat(row["Start date"])
            label = row["Task"] or row["Description"]
            length = hours + minutes / 60 + seconds / 3600
            yield Entry(row["Email"], day, labels.task("timesheet", label), length)
        elif row.get("Hours") and row["Date"] != "Total":
            name = f"{row['First Name']} {row['Last Name']}"
            day = date.fromisoformat(row["Date"])
            task = labels.task("timesheet", row["Task"])
            yield Entry(emails.get(name, name), day, task, number(row["Hours"]))


def _tags(folder: Path, enrichment: Path) -> dict[str, dict[str, Any]]:
    columns = ("nature", "rule_share", "is_waiting")
    proposed = _parquet(enrichment / "task_tags.parquet", f"task_id, {', '.join(columns)}")
    tags = {task: dict(zip(columns, rest, strict=True)) for task, *rest in proposed}
    for row in _csv(folder / "decisions" / "tags.csv"):
        tags[row["task_id"]] = {
            "nature": row["nature"],
            "rule_share": float(row["rule_share"]),
            "is_waiting": row["is_waiting"] == "yes",
        }
    return tags


def _csv(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    with path.open(encoding=encoding, newline="") as file:
        return [row for row in csv.DictReader(file) if any(row.values())]


def _parquet(path: Path, columns: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        found = connection.execute(f"select {columns} from read_parquet(?)", [str(path)])
        rows: list[tuple[Any, ...]] = found.fetchall()
        return rows
