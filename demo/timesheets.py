"""Time entries as Toggl Track and Harvest export them, with the dirt of real exports.

Belongs here: the two CSV shapes and what went wrong in them. Does not belong here: what people
worked on (hours).
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from demo.hours import Entry
from demo.people import email_of

_TOGGL = (
    "User", "Email", "Client", "Project", "Task", "Description", "Billable", "Start date",
    "Start time", "End date", "End time", "Duration", "Tags", "Amount (EUR)",
)  # fmt: skip
_HARVEST = (
    "Date", "Client", "Project", "Project Code", "Task", "Notes", "Hours", "Billable?",
    "Invoiced?", "Approved?", "First Name", "Last Name", "Roles", "Employee?", "Billable Rate",
    "Billable Amount", "Cost Rate", "Cost Amount", "Currency", "External Reference URL",
)  # fmt: skip
_INTERNAL = {"reunions_internes", "saisie_temps", "encadrement", "nommage_archivage"}
_OFTEN_VAGUE = {"reunions_internes", "saisie_temps", "encadrement"}
_VAGUE_SHARE = 0.06
_NBSP = "\u00a0"
_RE_EXPORTED = (2025, 11)
_FORGOTTEN_TIMER = (2026, 5)
_INTERN_MONTH = (2026, 6)


@dataclass(frozen=True)
class Labelled:
    """An entry with the words that its author chose."""

    entry: Entry
    label: str
    client: str
    project: str


def timesheet_files(
    entries: Sequence[Entry],
    workload: Mapping[str, Any],
    domain: str,
    rng: np.random.Generator,
) -> dict[str, bytes]:
    """All files of inbox/timesheets, by name, the re-export after what it replaces."""
    by_tool: dict[str, list[Labelled]] = defaultdict(list)
    for labelled in _labelled(entries, workload, rng):
        by_tool[workload["teams"][labelled.entry.person.team]["tool"]].append(labelled)
    files: dict[str, bytes] = {}
    for (year, month), rows in _grouped(by_tool["toggl"], 1).items():
        first = date(year, month, 1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        stem = f"Toggl_time_entries_{first}_to_{last}"
        lines = _toggl_lines(rows)
        if (year, month) == _FORGOTTEN_TIMER:
            lines.append(_with_duration(lines[len(lines) // 2], "30:12:00"))
        if (year, month) == _INTERN_MONTH:
            lines += _intern_lines(lines, workload["intern"], domain)
        files[f"{stem}.csv"] = _csv(_TOGGL, lines, bom=True)
        if (year, month) == _RE_EXPORTED:
            edited = [_half_an_hour_longer(lines[0]), *lines[1:]]
            files[f"{stem} (1).csv"] = _csv(_TOGGL, edited, bom=True)
    for (year, quarter), rows in _grouped(by_tool["harvest"], 3).items():
        lines = _harvest_lines(rows)
        name = f"harvest_time_report_{year}-T{quarter}.csv"
        files[name] = _csv(_HARVEST, _with_harvest_dirt(lines, year), bom=False)
    files["Toggl_time_entries_2026-10-01_to_2026-10-31.csv"] = b""
    files["notes_de_frais.csv"] = (
        "Référence;Fournisseur;Montant TTC;Compte\nNF-112;Taxis Cailloux;38,40;625100\n"
        "NF-113;Papeterie du Lauze;112,00;606400\n"
    ).encode("cp1252")
    return files


def _labelled(
    entries: Sequence[Entry], workload: Mapping[str, Any], rng: np.random.Generator
) -> Iterable[Labelled]:
    which = rng.integers(0, 10_000, size=(len(entries), 3)).tolist()
    vague, clients = workload["unmapped_labels"], workload["clients"]
    for entry, (a, b, c) in zip(entries, which, strict=True):
        if entry.is_absence:
            yield Labelled(entry, entry.task, "Belle Ardoise", "Absences")
            continue
        labels = workload["tasks"][entry.task]["labels"]
        is_vague = entry.task in _OFTEN_VAGUE and b < _VAGUE_SHARE * 10_000
        label = vague[a % len(vague)] if is_vague else labels[a % len(labels)]
        if entry.task in _INTERNAL:
            yield Labelled(entry, label, "Belle Ardoise", "Vie de l'agence")
        else:
            client = clients[c % len(clients)]
            yield Labelled(entry, label, client, f"{client} - année {entry.day.year}")


def _grouped(rows: Iterable[Labelled], months: int) -> dict[tuple[int, int], list[Labelled]]:
    groups: dict[tuple[int, int], list[Labelled]] = defaultdict(list)
    for row in rows:
        groups[row.entry.day.year, (row.entry.day.month - 1) // months + 1].append(row)
    return groups


def _toggl_lines(rows: Iterable[Labelled]) -> list[list[str]]:
    lines = []
    clock: dict[tuple[str, date], int] = {}
    for row in rows:
        entry = row.entry
        key = (entry.person.email, entry.day)
        start = clock.get(key, 9 * 60)
        if start == 13 * 60:
            start += 45
        end = start + round(entry.hours * 60)
        clock[key] = end
        billable = "No" if row.client == "Belle Ardoise" else "Yes"
        day = entry.day.isoformat()
        lines.append(
            [entry.person.name, entry.person.email, row.client, row.project, "", row.label,
             billable, day, _time(start), day, _time(end), _time(end - start), "", ""]
        )  # fmt: skip
    return lines


def _harvest_lines(rows: Iterable[Labelled]) -> list[list[str]]:
    lines = []
    for number, row in enumerate(rows):
        entry = row.entry
        first, last = entry.person.name.split(" ", 1)
        billable = "No" if row.client == "Belle Ardoise" else "Yes"
        label = row.label.replace(" ", _NBSP) if number % 97 == 0 else row.label
        lines.append(
            [entry.day.isoformat(), row.client, row.project, "", label, "", _comma(entry.hours),
             billable, "No", "No", first, last, entry.person.role, "Yes", "0,00", "0,00", "0,00",
             "0,00", "Euro - EUR", ""]
        )  # fmt: skip
    return lines


def _with_harvest_dirt(lines: list[list[str]], year: int) -> list[list[str]]:
    """Two blank lines and a corrected entry in the first quarter; a total under every report."""
    hours = _HARVEST.index("Hours")
    total = sum(float(line[hours].replace(",", ".")) for line in lines)
    if year == 2025:
        middle = len(lines) // 2
        negative = list(lines[middle])
        negative[hours] = _comma(-1.5)
        lines = [*lines[:middle], [], negative, [], *lines[middle:]]
    footer = [""] * len(_HARVEST)
    footer[0], footer[hours] = "Total", _comma(total)
    return [*lines, footer]


def _with_duration(line: list[str], duration: str) -> list[str]:
    """The line with another duration and the end that follows from it."""
    start = _TOGGL.index("Start date")
    begun = date.fromisoformat(line[start])
    hours, minutes, _ = (int(part) for part in duration.split(":"))
    begin_hour, begin_minute, _ = (int(part) for part in line[start + 1].split(":"))
    end = (begin_hour + hours) * 60 + begin_minute + minutes
    ended = begun + timedelta(days=end // 1440)
    return [*line[: start + 2], ended.isoformat(), _time(end % 1440), duration, *line[-2:]]


def _half_an_hour_longer(line: list[str]) -> list[str]:
    hours, minutes, _ = (int(part) for part in line[_TOGGL.index("Duration")].split(":"))
    return _with_duration(line, _time(hours * 60 + minutes + 30))


def _intern_lines(lines: Sequence[list[str]], intern: str, domain: str) -> list[list[str]]:
    step = max(1, len(lines) // 9)
    return [[intern, email_of(intern, domain), *line[2:]] for line in lines[::step]]


def _csv(header: Sequence[str], lines: Iterable[Sequence[str]], bom: bool) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for line in lines:
        writer.writerow(line)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"


def _comma(hours: float) -> str:
    return f"{hours:.2f}".replace(".", ",")
