"""The workbook as a file: sheets with drop-downs out, rows back in.

Belongs here: XLSX. A hidden sheet keeps what was exported, so that import tells a decision from a
cell that nobody touched. Does not belong here: what a row means (sheets), what changes (decide).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ingestion.errors import InputError, at_row
from ingestion.people_csv import Row
from ingestion.readers.archive import inspect_archive
from ingestion.readers.columns import fault_of
from ingestion.readers.opening import container_of
from ingestion.readers.outcome import RefusedFile
from ingestion.readers.sandbox import read_workbook
from ingestion.readers.table import Table
from orchestration.review.sheets import (
    ACCEPT,
    SHEETS,
    YES_NO,
    Cells,
    Key,
    ReviewRow,
    Sheet,
    list_of,
)
from reports.cells import clean, keep_as_text

_EXPORTED, _LISTS, _HELP = "exported", "lists", "read_me"
_SPARE_ROWS = 200  # below the last row, for decisions that nothing proposes
_LONGEST = 600
_WIDTHS = {"quote": 70, "label": 40, "reason": 40, "proposed_because": 40, "task_name": 32}
_TO_DECIDE, _BESIDE = PatternFill("solid", fgColor="FFF2CC"), PatternFill("solid", fgColor="E7E6E6")
_HELP_TEXTS = {
    "en": (
        "Yellow columns are decisions, grey ones what stands behind the proposal.",
        "A row counts as decided once you change a yellow cell, or choose yes under accept.",
        "Rows that you leave as they are decide nothing. Clear a row's yellow cells (not its key)"
        " to withdraw a decision.",
        "The first rows matter most: hours of work times doubt about the proposal.",
        "Raters, reviewers and approvers are roles, never names.",
        "scores: write your role under rater on each row that you score.",
        "If tasks.csv is still empty, the first decision makes the proposed tasks the decided"
        " ones; delete the rows of tasks that are none.",
        "tags: with another nature, write its rule_share too.",
        "task_map: absence is time away; unmapped is work of none of the tasks.",
    ),
    "fr": (
        "Les colonnes jaunes sont des décisions, les grises ce qui fonde la proposition.",
        "Une ligne est décidée dès que vous changez une cellule jaune, ou choisissez yes sous"
        " accept.",
        "Une ligne laissée telle quelle ne décide rien. Videz les cellules jaunes d’une ligne (pas"
        " sa clé) pour retirer une décision.",
        "Les premières lignes comptent le plus : heures de travail fois doute sur la proposition.",
        "Évaluateurs, relecteurs et approbateurs sont des rôles, jamais des noms.",
        "scores : écrivez votre rôle sous rater sur chaque ligne que vous notez.",
        "Si tasks.csv est encore vide, la première décision fait des tâches proposées les tâches"
        " décidées ; supprimez les lignes de celles qui n’en sont pas.",
        "tags : avec une autre nature, écrivez aussi sa rule_share.",
        "task_map : absence est du temps d’absence ; unmapped, un travail d’aucune des tâches.",
    ),
}


@dataclass(frozen=True)
class Exported:
    """One row as it left: its cells, and whether it was a decision already."""

    cells: Cells
    is_decided: bool


@dataclass(frozen=True)
class Review:
    """A workbook that came back.

    Attributes:
        engagement: for which it was exported.
        rows: by sheet, the rows as they are now; cells of every column, by name.
        exported: by sheet and key, the rows as they left.
    """

    engagement: str
    rows: Mapping[str, list[Row]]
    exported: Mapping[str, Mapping[Key, Exported]]


def write_review(
    engagement: str,
    language: str,
    rows: Mapping[str, Sequence[ReviewRow]],
    tasks: Sequence[str],
    teams: Sequence[str],
) -> bytes:
    """The workbook as bytes.

    Args:
        engagement: its name.
        language: `fr` or `en`, of the explanation.
        rows: by sheet name.
        tasks: task ids to choose from.
        teams: team keys to choose from.
    """
    book = Workbook()
    help_sheet = book.active
    assert isinstance(help_sheet, Worksheet)
    help_sheet.title = _HELP
    for line in _HELP_TEXTS[language]:
        help_sheet.append([line])
    help_sheet.column_dimensions["A"].width = 120
    lists, kept = book.create_sheet(_LISTS), book.create_sheet(_EXPORTED)
    lists.sheet_state = kept.sheet_state = "hidden"
    kept.append([engagement])
    for name, sheet in SHEETS.items():
        _fill(book.create_sheet(name), sheet, rows[name])
        _add_choices(book[name], sheet, lists, tasks, teams)
        for row in rows[name]:
            kept.append([name, json.dumps(row.cells, ensure_ascii=False), row.is_decided])
            _as_text(kept, kept.max_row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def read_review(path: Path) -> Review:
    """Read a workbook back, in the sandbox that reads the inbox.

    Raises:
        InputError: for a file that is no workbook of `jalon review export`.
    """
    try:
        if container_of(path) != "zip" or (archive := inspect_archive(path)).kind != "xlsx":
            raise RefusedFile("the file is no .xlsx workbook; save it as .xlsx")
        tables = {table.sheet: table for table in read_workbook(path, archive)}
    except RefusedFile as refused:
        raise InputError(f"{path.name}: {refused}") from None
    missing = [name for name in (*SHEETS, _EXPORTED) if name not in tables]
    if missing:
        raise InputError(
            f"{path.name}: the sheet {missing[0]} is missing; take the workbook as `jalon review "
            "export` wrote it and change cells only, or export it again"
        )
    engagement, exported = _kept(path, tables[_EXPORTED])
    rows = {name: _rows(path, sheet, tables[name]) for name, sheet in SHEETS.items()}
    return Review(engagement, rows, exported)


# --- out ------------------------------------------------------------------------------------


def _fill(page: Worksheet, sheet: Sheet, rows: Sequence[ReviewRow]) -> None:
    beside = list(rows[0].beside) if rows else []
    header = [*sheet.columns, ACCEPT, *beside]
    page.append(header)
    for row in rows:
        page.append(
            [
                *(_value(sheet, column, row.cells.get(column, "")) for column in sheet.columns),
                None,
                *(_shown(row.beside.get(column)) for column in beside),
            ]
        )
        _as_text(page, page.max_row)
    for number, column in enumerate(header, start=1):
        is_decision = number <= len(sheet.columns) + 1
        head = page.cell(1, number)
        head.font = Font(bold=True)
        head.fill = _TO_DECIDE if is_decision else _BESIDE
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 18)
        if column in _WIDTHS:
            for (body,) in page.iter_rows(2, min_col=number, max_col=number):
                body.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = f"{get_column_letter(len(sheet.key) + 1)}2"
    page.auto_filter.ref = page.dimensions


def _value(sheet: Sheet, column: str, text: str) -> str | float:
    if column in sheet.bounds and text:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            pass  # the file holds it, import says what is wrong with it
    return clean(text)


def _shown(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 3)
    return clean(value)[:_LONGEST] if isinstance(value, str) else value


def _as_text(page: Worksheet, number: int) -> None:
    for cell in page[number]:
        keep_as_text(cell)


def _add_choices(
    page: Worksheet, sheet: Sheet, lists: Worksheet, tasks: Sequence[str], teams: Sequence[str]
) -> None:
    last = page.max_row + _SPARE_ROWS
    for column, choice in {**sheet.lists, ACCEPT: YES_NO[:1]}.items():
        words = list_of(choice, tasks, teams)
        place = 1 if lists.cell(1, 1).value is None else lists.max_column + 1
        for number, word in enumerate(words, start=1):
            lists.cell(number, place, word)
        letter = get_column_letter(place)
        source = f"={_LISTS}!${letter}$1:${letter}${max(1, len(words))}"
        _add_validation(page, sheet, column, last, DataValidation("list", formula1=source))
    for column, (low, high) in sheet.bounds.items():
        operator: Any = "greaterThanOrEqual" if high is None else "between"
        rule = DataValidation(
            "decimal", operator, f"{low:g}", None if high is None else f"{high:g}"
        )
        _add_validation(page, sheet, column, last, rule)


def _add_validation(
    page: Worksheet, sheet: Sheet, column: str, last: int, rule: DataValidation
) -> None:
    rule.allow_blank = True
    rule.showErrorMessage = True
    letter = get_column_letter([*sheet.columns, ACCEPT].index(column) + 1)
    rule.add(f"{letter}2:{letter}{last}")
    page.add_data_validation(rule)


# --- in -------------------------------------------------------------------------------------


def _rows(path: Path, sheet: Sheet, table: Table) -> list[Row]:
    """The rows of one sheet that hold anything, each with its place for messages."""
    shown = f"{path.name}, sheet {sheet.name}"
    header = table.cells(0) if len(table) else []
    for column in (*sheet.columns, ACCEPT):
        if header.count(column) != 1:
            how = "twice" if column in header else "not"
            raise at_row(
                shown, 1, f"the column {column} is {how} there; leave the first row as exported"
            )
    rows = []
    for record in range(1, len(table)):
        cells = table.cells(record)
        if not any(cells):
            continue
        row = Row(shown, int(table.lines[record]), dict(zip(header, cells, strict=False)))
        if fault := fault_of(row.cells.get(column, "") for column in (*sheet.columns, ACCEPT)):
            raise row.error(fault[1])
        rows.append(row)
    return rows


def _kept(path: Path, table: Table) -> tuple[str, dict[str, dict[Key, Exported]]]:
    kept: dict[str, dict[Key, Exported]] = {name: {} for name in SHEETS}
    try:
        engagement = table.cells(0)[0]
        for record in range(1, len(table)):
            name, cells, is_decided = table.cells(record)[:3]
            content = {column: str(text) for column, text in json.loads(cells).items()}
            kept[name][SHEETS[name].key_of(content)] = Exported(content, is_decided == "1")
    except (IndexError, KeyError, ValueError, AttributeError):
        raise InputError(
            f"{path.name}: the hidden sheet {_EXPORTED} was changed; export the workbook again"
        ) from None
    return engagement, kept
