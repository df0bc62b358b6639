"""A row per person (and task) and a column per day: Hubstaff and home-made sheets.

Every filled cell of a day is one record. Does not belong here: sheets of one entry per row.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from ingestion.parsed import TIMESHEET_COLUMNS, FileKind, FileStatus, ParsedFile, QuarantinedRow
from ingestion.readers.columns import fault_of
from ingestion.readers.dates import parse_moments
from ingestion.readers.durations import counts_days, parse_durations
from ingestion.readers.headers import normal_header, normal_headers, total_kind
from ingestion.readers.layout import (
    Account,
    Header,
    count_above,
    count_other_sheet,
    find_header,
    rows_of_right_width,
)
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.settling import held_for_dates, held_for_numbers, mend_of_days
from ingestion.readers.table import Table
from ingestion.readers.timesheets.typed import LONGEST_ENTRY, hours_of_bare
from ingestion.source_rule import SourceRule

PIVOTED = "pivoted"
_FEWEST_DAYS = 3
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "lundi lun monday mon", "mardi mar tuesday tue", "mercredi mer wednesday wed",
            "jeudi jeu thursday thu", "vendredi ven friday fri", "samedi sam saturday sat",
            "dimanche dim sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
# Headers that say plainly what they hold; others are named in engagement.yaml.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "member", "membre", "collaborateur", "collaboratrice", "salarie", "employe", "employee",
        "personne", "person", "user", "utilisateur", "nom", "name", "nom complet", "full name",
    ),
    "email": ("email", "e-mail", "courriel", "adresse e-mail"),
    "task": ("task", "tache", "activite", "activity", "to-do"),
    "project": ("project", "projet", "dossier"),
    "client": ("client", "customer"),
    "week": ("semaine", "semaine du", "week", "week of", "week start", "debut de semaine"),
}  # fmt: skip
_EMPTY = {"", "-", "–", "0", "0:00", "0:00:00", "00:00", "00:00:00", "0,0", "0.0", "0,00", "0.00"}
_SHARE = re.compile(r"^\d+([.,]\d+)? ?%$")


@dataclass(frozen=True)
class _Shape:
    """Where the days and the other columns stand; `weekdays` need the week of the row."""

    days: dict[int, str]
    weekdays: dict[int, int]
    columns: dict[str, int]


def read_pivoted(tables: Sequence[Table], rule: SourceRule) -> ParsedFile | None:
    """Read sheets with a column per day.

    Returns:
        The loadable file, None where no sheet has such a header.

    Raises:
        HeldFile: where the person, the week or the order of day and month is not known.
        RefusedFile: where the file cannot be read.
    """
    located = [(table, find_header(table, lambda cells: _shape(cells, rule))) for table in tables]
    if not any(header for _, header in located):
        return None
    account = Account()
    cells: list[dict[str, Any]] = []
    for table, header in located:
        if header is None:
            count_other_sheet(table, account)
            continue
        cells += _cells(table, header, rule, account)
    entries = _typed(cells, rule, account)
    rows_in = len(entries) + len(account.quarantined) + account.non_data.total()
    return ParsedFile(
        kind=FileKind.TIMESHEET,
        tool="pivoted",
        status=FileStatus.LOADABLE,
        rows_in=rows_in,
        rows=pl.DataFrame(
            {name: [entry.get(name) for entry in entries] for name in TIMESHEET_COLUMNS},
            schema=TIMESHEET_COLUMNS,
        ),
        quarantined=account.quarantined,
        non_data=account.non_data,
    )


def _shape(headers: list[str], rule: SourceRule) -> _Shape | None:
    moments = parse_moments([h for h in headers if h], rule.date_order)
    dated = {
        index: moments.by_text[header].date().isoformat() if header in moments.by_text else header
        for index, header in enumerate(headers)
        if header in moments.by_text or header in moments.undecided
    }
    weekdays = {i: _WEEKDAYS[h] for i, h in enumerate(headers) if h in _WEEKDAYS}
    declared = {k: normal_header(v) for k, v in (rule.columns or {}).items()}
    columns = {}
    for name, known in _COLUMNS.items():
        wanted = (declared[name],) if name in declared else known
        index = next((headers.index(h) for h in wanted if h in headers), None)
        if index is not None:
            columns[name] = index
    if len(dated) >= _FEWEST_DAYS:
        held_for_dates(moments, rule, "timesheets", "pivoted")
        return _Shape(dated, {}, columns)
    if len(weekdays) >= _FEWEST_DAYS:
        return _Shape({}, weekdays, columns)
    return None


def _cells(
    table: Table, header: Header[_Shape], rule: SourceRule, account: Account
) -> list[dict[str, Any]]:
    """A record for each filled cell of a day."""
    shape = header.match
    if not {"person", "email"} & set(shape.columns):
        raise HeldFile(
            "the sheet has a column per day and none that is known to name the person; in "
            'engagement.yaml add under sources.timesheets: - {match: "{file}", tool: pivoted, '
            "columns: {person: <header of the person>}}",
            tool="pivoted",
        )
    if shape.weekdays and "week" not in shape.columns:
        raise HeldFile(
            "the columns are weekdays and no column tells the week; add a column `Semaine du` with "
            "the date of its Monday, or export with dates",
            tool="pivoted",
        )
    _checked(shape)
    count_above(table, header.record, account)
    place = shape.columns.get("person", shape.columns.get("email", 0))
    records = rows_of_right_width(table, header.record + 1, len(header.cells), [place], account)
    found: list[dict[str, Any]] = []
    width = len(header.cells)
    for record in map(int, records):
        cells = (table.cells(record) + [""] * width)[:width]
        again = _shape(normal_headers(cells), rule)
        if again and again.columns:
            # A block of its own, often of the next week, stands below.
            shape = _checked(again)
            account.non_data["header"] += 1
            continue
        named = {name: cells[index] for name, index in shape.columns.items()}
        if _SHARE.match(named.get("task", "")):
            named["task"] = ""  # Hubstaff's Activity is how much the mouse moved
        filled = {i: cells[i] for i in (*shape.days, *shape.weekdays) if cells[i] not in _EMPTY}
        if total := total_kind(list(named.values()) or cells):
            account.non_data[total] += 1
        elif not filled:
            account.non_data["no_hours"] += 1
        else:
            origin = {"sheet": table.sheet, "row_number": int(table.lines[record])}
            for index, text in filled.items():
                days = {
                    "day": shape.days.get(index),
                    "weekday": shape.weekdays.get(index),
                    "first_weekday": next(iter(shape.weekdays.values()), None),
                }
                found.append(named | origin | days | {"text": text})
    return found


def _typed(
    cells: Sequence[Mapping[str, Any]], rule: SourceRule, account: Account
) -> list[dict[str, Any]]:
    hours = parse_durations({cell["text"] for cell in cells}, rule.number_style, rule.hours_per_day)
    held_for_numbers(hours.is_undecidable, hours.example, rule, "timesheets", "pivoted")
    unit = rule.duration_unit or "unknown"
    values = hours.by_text | hours_of_bare(hours.bare, unit, rule, PIVOTED)
    days = parse_moments({c["day"] or c["week"] for c in cells} - {""}, rule.date_order)
    held_for_dates(days, rule, "timesheets", "pivoted")
    entries = []
    for cell in cells:
        moment = days.by_text.get(cell["day"] or cell["week"])
        value = values.get(cell["text"])
        day = moment.date() if moment else None
        if day is not None and cell["weekday"] is not None:
            day = _day_of_week(day, cell["first_weekday"], cell["weekday"])
        problem = _problem(cell, day, value, rule)
        if problem:
            account.quarantined.append(QuarantinedRow(cell["sheet"], cell["row_number"], *problem))
            continue
        entries.append(
            {
                "sheet": cell["sheet"],
                "row_number": cell["row_number"],
                "person_email": cell.get("email") or None,
                "person_name": cell.get("person") or None,
                "worked_on": day,
                "hours": value,
                "label": cell.get("task") or cell.get("project") or None,
                "client_name": cell.get("client") or None,
                "project": cell.get("project") or None,
            }
        )
    return entries


def _checked(shape: _Shape) -> _Shape:
    """The shape, unless two columns carry one day: one of them may be a copy."""
    days = Counter(shape.days.values()) + Counter(map(str, shape.weekdays.values()))
    if twice := [day for day, count in days.items() if count > 1]:
        raise RefusedFile(f"two columns carry one day ({twice[0]}); delete or join them")
    return shape


def _day_of_week(first: date, first_weekday: int, weekday: int) -> date | None:
    """The day of a column; None where the week's date is not the day of its first column."""
    if first.weekday() != first_weekday:
        return None
    return first + timedelta(days=(weekday - first_weekday) % 7)


def _problem(
    cell: Mapping[str, Any], day: date | None, hours: float | None, rule: SourceRule
) -> tuple[str, str] | None:
    texts = (str(value) for value in cell.values() if value is not None)
    if fault := fault_of(texts):
        return fault
    if not cell.get("person") and not cell.get("email"):
        return "missing_person", "nobody is named; fill in the person"
    if day is None:
        return "bad_date", (
            "the week of the row cannot be read; write the date of the first day that has a column"
        )
    if hours is None and counts_days(cell["text"]):
        return "working_days", mend_of_days(cell["text"], rule, PIVOTED)
    if hours is None:
        return "bad_hours", "the duration cannot be read; write it as 1:30, 1h30 or 1.5"
    if hours < 0:
        return "negative_hours", "the duration is negative; correct it"
    if hours > LONGEST_ENTRY:
        return "entry_over_24h", "one day has over 24 h; correct it"
    return None
