"""Take a person out of tables: forms, timesheets, the roster, decisions.

A row that is theirs by the reader's account, or that names them in a cell and nobody else, goes
whole. A row of somebody else that names them is masked. A row that heads columns of several people
empties their column. Decision files keep all rows: a name becomes the person's role, which those
files ask for anyway. Text is written as UTF-8 CSV, a workbook with its values alone.
Does not belong here: reading a file (readers).
"""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ingestion.context import Context
from ingestion.erasure.edit import Edit, counted
from ingestion.erasure.spotting import Spotter
from ingestion.parsed import ParsedFile
from ingestion.readers.table import Table

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?")
_NOT_IN_XLSX = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_BOM = b"\xef\xbb\xbf"


class RowRule(Enum):
    """What becomes of a row that names the person in a cell."""

    REMOVE = auto()
    ROLE_FOR_NAME = auto()


@dataclass(frozen=True)
class Owners:
    """Whose rows a reader says they are: (sheet, line) of the person, and of other people."""

    own: frozenset[tuple[str | None, int]] = frozenset()
    others: frozenset[tuple[str | None, int]] = frozenset()


def owners_of(parsed: ParsedFile, context: Context, spotter: Spotter) -> Owners:
    """The rows of the person in a file that its reader understood; a line of both is nobody's."""
    if parsed.rows is None or "person_email" not in parsed.rows.columns:
        return Owners()
    own: set[tuple[str | None, int]] = set()
    others: set[tuple[str | None, int]] = set()
    found: dict[tuple[str | None, str | None], bool] = {}
    columns = ("sheet", "row_number", "person_email", "person_name")
    for sheet, line, email, name in parsed.rows.select(columns).iter_rows():
        key = (email, name)
        if key not in found:
            found[key] = context.matcher.find(email, name).person == spotter.person
        (own if found[key] else others).add((sheet, line))
    return Owners(frozenset(own - others), frozenset(others))


def edit_tables(
    tables: list[Table], spotter: Spotter, rule: RowRule, owners: Owners, is_workbook: bool
) -> Edit | None:
    """The edited file, None where the person is not in it."""
    edited = [_edit_table(table, spotter, rule, owners) for table in tables]
    removed = sum(len(e.removed) for e in edited)
    masked = sum(len(e.changed) for e in edited)
    sheets = sum(e.is_gone for e in edited)
    if not (removed or masked or sheets):
        return None
    what = counted(row_removed=removed, row_masked=masked, sheet_removed=sheets)
    kept = [e for e in edited if not e.is_gone]
    if not kept:
        return Edit(None, what)
    return Edit(_workbook(kept, spotter) if is_workbook else _text(kept[0]), what)


def edit_form_json(content: str, spotter: Spotter, owners: Owners) -> Edit | None:
    """The answers of a form in JSON: responses that are theirs go, other mentions are masked."""
    document = json.loads(content)
    items = document if isinstance(document, list) else document["items"]
    kept = [
        item
        for number, item in enumerate(items, start=1)
        if (None, number) not in owners.own and not any(map(spotter.is_theirs, _strings(item)))
    ]
    masked = sum(spotter.is_mentioned(text) for item in kept for text in _strings(item))
    removed = len(items) - len(kept)
    if not (removed or masked):
        return None
    items[:] = [_mapped(item, spotter.masked) for item in kept]
    what = counted(response_removed=removed, text_masked=masked)
    body = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return Edit(body if kept else None, what)


@dataclass
class _Edited:
    table: Table
    is_gone: bool = False
    removed: set[int] = field(default_factory=set)
    changed: dict[int, list[str]] = field(default_factory=dict)

    def record(self, index: int) -> list[str]:
        return self.changed[index] if index in self.changed else self.table.cells(index)


def _edit_table(table: Table, spotter: Spotter, rule: RowRule, owners: Owners) -> _Edited:
    edited = _Edited(table, is_gone=table.sheet is not None and spotter.is_theirs(table.sheet))
    if edited.is_gone:
        return edited
    raw = [
        table.data[start:end].decode()
        for start, end in zip(table.starts.tolist(), table.ends.tolist(), strict=True)
    ]
    emptied: set[int] = set()
    for index, is_candidate in enumerate(spotter.candidates(raw)):
        place = (table.sheet, int(table.lines[index]))
        if place in owners.own:
            edited.removed.add(index)
        elif is_candidate:
            emptied |= _edit_record(edited, index, spotter, rule, place in owners.others)
    if emptied:
        _empty_columns(edited, emptied)
    return edited


def _edit_record(
    edited: _Edited, index: int, spotter: Spotter, rule: RowRule, is_others: bool
) -> set[int]:
    """Edit one record; returns the columns that it heads with the person's name."""
    cells = edited.table.cells(index)
    mine = _places_of(cells, spotter)
    columns: set[int] = set()
    if mine and rule is RowRule.REMOVE and not is_others:
        named = {spotter.who(cell) for n, cell in enumerate(cells) if n not in mine}
        if not named - {None}:
            edited.removed.add(index)
            return columns
        columns = mine
    stand_in = spotter.role if rule is RowRule.ROLE_FOR_NAME else spotter.word
    new = [stand_in if n in mine else spotter.masked(cell) for n, cell in enumerate(cells)]
    if new != cells:
        edited.changed[index] = new
    return columns


def _places_of(cells: list[str], spotter: Spotter) -> set[int]:
    """Cells that name the person, by themselves or with their neighbour (first name, surname)."""
    mine = {n for n, cell in enumerate(cells) if spotter.is_theirs(cell)}
    for n, (left, right) in enumerate(pairwise(cells)):
        if not mine & {n, n + 1} and left and right and spotter.is_theirs(left, right):
            mine |= {n, n + 1}
    return mine


def _empty_columns(edited: _Edited, columns: set[int]) -> None:
    for index in range(len(edited.table)):
        if index not in edited.removed and index not in edited.changed:
            cells = edited.record(index)
            emptied = ["" if n in columns else cell for n, cell in enumerate(cells)]
            if emptied != cells:
                edited.changed[index] = emptied


def _text(edited: _Edited) -> bytes:
    table, out = edited.table, io.BytesIO()
    if not table.data.isascii():
        out.write(_BOM)
    for index, (start, end) in enumerate(
        zip(table.starts.tolist(), table.ends.tolist(), strict=True)
    ):
        if index in edited.removed:
            continue
        if index in edited.changed:
            line = io.StringIO()
            csv.writer(line, delimiter=table.separator, lineterminator="").writerow(
                edited.changed[index]
            )
            out.write(line.getvalue().encode())
        else:
            out.write(table.data[start:end])
        out.write(b"\n")
    return out.getvalue()


def _workbook(edited: list[_Edited], spotter: Spotter) -> bytes:
    book = Workbook(write_only=True)
    for part in edited:
        title = part.table.sheet
        sheet = book.create_sheet(spotter.without_name(title) if title else None)
        for index in range(len(part.table)):
            # A removed row stays as an empty one: what stands below keeps its place.
            cells = [] if index in part.removed else part.record(index)
            sheet.append([_cell(cell, sheet) for cell in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(text: str, sheet: Any) -> Any:
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    plain = _NOT_IN_XLSX.sub("", text)
    if not plain.startswith("="):
        return plain or None
    cell = WriteOnlyCell(sheet, plain)
    cell.data_type = "s"  # a text, never a formula
    return cell


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    return [text for part in value for text in _strings(part)] if isinstance(value, list) else []


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(part, change) for key, part in value.items()}
    return [_mapped(part, change) for part in value] if isinstance(value, list) else value
