"""Deliverables: `date,team,task,project_type,units,versions`, in CSV or XLSX.

Belongs here: that one table. Does not belong here: which team or task a name means (snapshot).
"""

from collections.abc import Sequence
from typing import Any

import polars as pl

from ingestion.parsed import DELIVERABLE_COLUMNS, FileKind, FileStatus, ParsedFile
from ingestion.readers.columns import fault_of
from ingestion.readers.dates import parse_moments
from ingestion.readers.headers import normal_header, normal_headers, total_kind
from ingestion.readers.layout import (
    Account,
    Header,
    count_above,
    count_other_sheet,
    find_header,
    rows_of_right_width,
    second_header,
)
from ingestion.readers.numbers import parse_numbers
from ingestion.readers.outcome import HeldFile
from ingestion.readers.settling import held_for_dates, held_for_numbers
from ingestion.readers.table import Table
from ingestion.source_rule import SourceRule

_HEADERS = {
    "date": ("date", "delivered_on", "delivered on", "livre le", "date de livraison"),
    "team": ("team", "equipe"),
    "task": ("task", "tache"),
    "project_type": ("project_type", "project type", "type de projet"),
    "units": ("units", "unites", "quantite", "quantity"),
    "versions": ("versions", "version", "nombre de versions"),
}
_NEEDED = ("date", "team", "task", "units")
_ORDER = "date,team,task,project_type,units,versions"


def read_deliverables(tables: Sequence[Table], rule: SourceRule) -> ParsedFile:
    """Read the tables of one file of deliverables.

    Raises:
        HeldFile: where dates or numbers are ambiguous, or the headers are others.
        RefusedFile: where the file cannot be read.
    """
    wanted = {
        name: (normal_header((rule.columns or {}).get(name, "")), *headers)
        for name, headers in _HEADERS.items()
    }
    account = Account()
    rows: list[dict[str, Any]] = []
    located = [(table, find_header(table, lambda h: _places(h, wanted))) for table in tables]
    if not any(header for _, header in located):
        raise HeldFile(
            f"the headers of deliverables are {_ORDER}; name the columns so, or map them by "
            "columns in engagement.yaml"
        )
    for table, header in located:
        if header is None:
            count_other_sheet(table, account)
        else:
            rows += _text_rows(table, header, account)
    loaded = _typed(rows, rule, account)
    return ParsedFile(
        kind=FileKind.DELIVERABLE,
        tool="generic" if rule.columns else "jalon",
        status=FileStatus.LOADABLE,
        rows_in=sum(len(table) for table in tables),
        rows=pl.DataFrame(
            {name: [row[name] for row in loaded] for name in DELIVERABLE_COLUMNS},
            schema=DELIVERABLE_COLUMNS,
        ),
        quarantined=account.quarantined,
        non_data=account.non_data,
    )


def _places(headers: Sequence[str], wanted: dict[str, tuple[str, ...]]) -> dict[str, int] | None:
    places = {}
    for name, names in wanted.items():
        index = next((headers.index(h) for h in names if h and h in headers), None)
        if index is not None:
            places[name] = index
    return places if all(name in places for name in _NEEDED) else None


def _text_rows(
    table: Table, header: Header[dict[str, int]], account: Account
) -> list[dict[str, Any]]:
    count_above(table, header.record, account)
    required = [index for name, index in header.match.items() if name in _NEEDED]
    records = rows_of_right_width(
        table, header.record + 1, len(header.cells), required, account, read=header.match.values()
    )
    frame = table.columns(records, header.match)
    rows = []
    for row in frame.iter_rows(named=True):
        cells = table.cells(row["record"])
        if normal_headers(cells) == header.normal:
            account.non_data["header"] += 1
        elif normal_header(row["date"]) in header.normal:
            raise second_header(table, row["record"])
        elif (kind := total_kind(cells)) and not any(c.isdigit() for c in row["date"]):
            account.non_data[kind] += 1
        else:
            rows.append({name: row.get(name, "") for name in _HEADERS} | row | {"table": table})
    return rows


def _typed(rows: list[dict[str, Any]], rule: SourceRule, account: Account) -> list[dict[str, Any]]:
    moments = parse_moments({row["date"] for row in rows} - {""}, rule.date_order)
    held_for_dates(moments, rule, "deliverables", rule.tool)
    numbers = {}
    for name in ("units", "versions"):
        read = parse_numbers({row[name] for row in rows} - {""}, rule.number_style)
        held_for_numbers(read.is_undecidable, read.example, rule, "deliverables", rule.tool)
        numbers[name] = read.by_text
    loaded = []
    for row in rows:
        moment = moments.by_text.get(row["date"])
        units, versions = (
            numbers["units"].get(row["units"]),
            numbers["versions"].get(row["versions"]),
        )
        problem = _problem(row, moment is not None, units, versions)
        if problem:
            account.quarantine(row["table"], row["record"], *problem)
            continue
        assert moment is not None
        loaded.append(
            {
                "sheet": row["table"].sheet,
                "row_number": row["row_number"],
                "delivered_on": moment.date(),
                "team": row["team"],
                "label": row["task"],
                "project_type": row["project_type"] or None,
                "units": units,
                "versions": versions,
            }
        )
    return loaded


def _problem(
    row: dict[str, Any], is_dated: bool, units: float | None, versions: float | None
) -> tuple[str, str] | None:
    if fault := fault_of(str(row[name]) for name in _HEADERS):
        return fault
    if not is_dated:
        if not row["date"]:
            return "missing_date", "the deliverable has no date; fill it in"
        return "bad_date", "the date cannot be read; write it as 2026-03-31"
    for name in ("team", "task"):
        if not row[name]:
            return f"missing_{name}", f"the deliverable has no {name}; fill it in"
    if units is None or units <= 0:
        return "bad_units", "the units are no number above 0; correct them"
    if row["versions"] and (versions is None or versions < 0):
        return "bad_versions", "the versions are no number; correct them"
    return None
