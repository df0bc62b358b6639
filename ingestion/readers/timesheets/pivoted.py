"""A row per person (and task) and a column per day: Hubstaff and home-made sheets.

Every filled cell of a day is one record. Does not belong here: sheets of one entry per row.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import polars as pl

from ingestion.parsed import TIMESHEET_COLUMNS, FileKind, FileStatus, ParsedFile, QuarantinedRow
from ingestion.readers.columns import fault_of
from ingestion.readers.dates import parse_moments
from ingestion.readers.durations import counts_days, parse_durations
from ingestion.readers.headers import normal_headers, total_kind
from ingestion.readers.layout import (
    Account,
    Header,
    count_above,
    count_other_sheet,
    find_header,
    rows_of_right_width,
)
from ingestion.readers.outcome import HeldFile
from ingestion.readers.settling import held_for_dates, held_for_numbers, mend_of_days
from ingestion.readers.table import Table
from ingestion.readers.timesheets.pivoted_header import PIVOTED, Shape, settled, shape_of
from ingestion.readers.timesheets.typed import LONGEST_ENTRY, hours_of_bare
from ingestion.source_rule import SourceRule

_EMPTY = {"", "-", "–", "0", "0:00", "0:00:00", "00:00", "00:00:00", "0,0", "0.0", "0,00", "0.00"}
_SHARE = re.compile(r"^\d+([.,]\d+)? ?%$")


def read_pivoted(tables: Sequence[Table], rule: SourceRule) -> ParsedFile | None:
    """Read sheets with a column per day.

    Returns:
        The loadable file, None where no sheet has such a header.

    Raises:
        HeldFile: where the person, the week or the order of day and month is not known.
        RefusedFile: where the file cannot be read.
    """
    located = [(table, find_header(table, lambda cells: shape_of(cells, rule))) for table in tables]
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


def _cells(
    table: Table, header: Header[Shape], rule: SourceRule, account: Account
) -> list[dict[str, Any]]:
    """A record for each filled cell of a day."""
    titles = [table.title, *(text for i in range(header.record) for text in table.cells(i))]
    shape = settled(header.match, titles)
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
    count_above(table, header.record, account)
    place = shape.columns.get("person", shape.columns.get("email", 0))
    records = rows_of_right_width(table, header.record + 1, len(header.cells), [place], account)
    found: list[dict[str, Any]] = []
    width = len(header.cells)
    rows = [(int(r), (table.cells(int(r)) + [""] * width)[:width]) for r in records]
    levels = min((*shape.days, *shape.weekdays))
    if _is_outline([cells[:levels] for _, cells in rows]):
        rows = _leaves(rows, levels, account)
    for record, cells in rows:
        again = shape_of(normal_headers(cells), rule)
        if again and again.columns:
            # A block of its own, often of the next week, stands below.
            shape = settled(again, titles)
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


def _is_outline(paths: Sequence[Sequence[str]]) -> bool:
    """Whether rows are the outline of a report: one cell each, a level below its group's row."""
    depths = [
        next(i for i, cell in enumerate(path) if cell)
        for path in paths
        if len([cell for cell in path if cell]) == 1 and not total_kind(path)
    ]
    named = [path for path in paths if any(path) and not total_kind(path)]
    return (
        len(depths) == len(named) > 1
        and depths[0] == 0
        and max(depths) == len(named[0]) - 1 > 0
        and all(after <= before + 1 for before, after in pairwise(depths))
    )


def _leaves(
    rows: Sequence[tuple[int, list[str]]], levels: int, account: Account
) -> list[tuple[int, list[str]]]:
    """The rows of the deepest level, named by their groups too; the others sum them."""
    found = []
    path = [""] * levels
    for record, cells in rows:
        depth = next((i for i in range(levels) if cells[i]), None)
        if depth is None or total_kind(cells[:levels]):
            found.append((record, cells))
            continue
        path = [*path[:depth], cells[depth], *[""] * (levels - depth - 1)]
        if depth < levels - 1:
            account.non_data["subtotal"] += 1
        else:
            found.append((record, [*path, *cells[levels:]]))
    return found


def _typed(
    cells: Sequence[Mapping[str, Any]], rule: SourceRule, account: Account
) -> list[dict[str, Any]]:
    hours = parse_durations({cell["text"] for cell in cells}, rule.number_style, rule.hours_per_day)
    held_for_numbers(hours.is_undecidable, hours.example, rule, "timesheets", "pivoted")
    unit = rule.duration_unit or "unknown"
    values = hours.by_text | hours_of_bare(hours.bare, unit, rule, PIVOTED)
    days = parse_moments({c["day"] or c.get("week", "") for c in cells} - {""}, rule.date_order)
    held_for_dates(days, rule, "timesheets", "pivoted")
    entries = []
    for cell in cells:
        moment = days.by_text.get(cell["day"] or cell.get("week", ""))
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
