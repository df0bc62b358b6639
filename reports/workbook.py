"""The key tables of one publication as a workbook, in the reader's language.

Belongs here: XLSX, number formats, widths. Does not belong here: which tables (workbook_sheets),
words (labels.json).
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.branding import read_publication
from reports.cells import clean, keep_as_text
from reports.labels import term, words
from reports.workbook_sheets import SHEETS, TASK, TEAM, TERM, TEXT, Column, Sheet

_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
_HEADER = PatternFill("solid", fgColor="EEF1F4")
_WIDEST, _NARROWEST = 60, 9
_COVER_WIDTH = 90
_LINE = 15.0  # points
_GATHERED = ("other_tasks", "unmapped")
Word = Callable[[str], str | None]


def write_workbook(marts: Path, manifest: Mapping[str, Any], target: Path) -> None:
    """Write the key tables of the publication in `marts` to `target`.

    Args:
        marts: folder of a published build, with `marts.duckdb`.
        manifest: its manifest.
        target: the XLSX file; replaced whole by the caller.

    Raises:
        SiteError: where the marts cannot be read.
    """
    publication = read_publication(marts / "marts.duckdb")
    writer = _Writer(publication, words(publication["language"]))
    with duckdb.connect(str(marts / "marts.duckdb"), read_only=True) as connection:
        writer.names = {
            TASK: dict(connection.execute("select task_id, task_name from dim_tasks").fetchall()),
            TEAM: dict(connection.execute("select team_id, team_name from dim_teams").fetchall()),
        }
        for sheet in SHEETS:
            writer.add(sheet, connection)
    writer.add_cover(manifest)
    writer.book.save(target)


class _Writer:
    """One workbook being written."""

    def __init__(self, publication: Mapping[str, Any], word: Word) -> None:
        self.publication = publication
        self.word = word
        self.names: dict[str, dict[str, str]] = {}
        self.rows_count: dict[str, int] = {}
        self.book = Workbook()
        self.book.properties.title = self._title()
        self.book.properties.creator = "Jalon"
        sign = _SIGNS.get(publication["currency"], publication["currency"])
        money = f'"{sign}"#,##0' if publication["language"] == "en" else f'#,##0\xa0"{sign}"'
        self.formats = {
            "hours": '#,##0.0\xa0"h"', "money": f"{money};[Red]-{money}", "share": "0.0%",
            "ratio": '"×"\xa00.00', "decimal": "#,##0.0", "whole": "#,##0",
            "months": f'0\xa0"{self._say("export.months")}"', "unit": "#,##0.##",
            "day": "dd/mm/yyyy", "month": "mm/yyyy",
        }  # fmt: skip

    def add(self, sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> None:
        """One table, its header frozen; a table without rows says so."""
        names = ", ".join(column.name for column in sheet.columns)
        rows = connection.execute(
            f"select {names} from {sheet.source} order by {sheet.order}"
        ).fetchall()
        page = self.book.create_sheet(self._sheet_name(sheet.id))
        self.rows_count[sheet.id] = len(rows)
        page.append([self._say(f"column.{column.name}") for column in sheet.columns])
        for row in rows:
            values = dict(zip((column.name for column in sheet.columns), row, strict=True))
            page.append(
                [self._value(column, values[column.name], values) for column in sheet.columns]
            )
            for column, cell in zip(sheet.columns, page[page.max_row], strict=True):
                keep_as_text(cell)
                if cell.value is not None and column.kind in self.formats:
                    cell.number_format = self._format(column, values)
        if not rows:
            page.append([self._say("export.empty")])
        _lay_out(page, sheet)

    def add_cover(self, manifest: Mapping[str, Any]) -> None:
        """What this is, of when, draft or final, of which build; then the list of sheets."""
        page = self.book.active
        assert isinstance(page, Worksheet)
        page.title = self._sheet_name("about")
        page.sheet_view.showGridLines = False
        for line in self._cover_lines(manifest):
            page.append([clean(part) if isinstance(part, str) else part for part in line])
            for cell in page[page.max_row]:
                keep_as_text(cell)
        for row, sheet in enumerate(SHEETS, start=page.max_row - len(SHEETS) + 1):
            cell = page.cell(row, 1)
            cell.hyperlink = f"#'{self._sheet_name(sheet.id)}'!A1"
            cell.style = "Hyperlink"
        page["A1"].font = Font(bold=True, size=16)
        page["A2"].font = Font(color="55616D")
        page.column_dimensions["A"].width = 34
        page.column_dimensions["B"].width = _COVER_WIDTH
        for number in range(2, page.max_row + 1):
            for cell in page[number]:
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
            _give_room(page, number, [(page.cell(number, 2).value, _COVER_WIDTH)])
        _print_on_a4(page)

    def _cover_lines(self, manifest: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        state = "export.draft" if self.publication["is_draft"] else "export.final"
        yield (self.publication["client"],)
        yield (self._say("export.title"),)
        yield ()
        month = date.fromisoformat(self.publication["as_of_month"])
        yield self._say("export.as_of"), f"{month:%m/%Y}"
        yield self._say("column.state"), self._say(state)
        published = datetime.fromisoformat(manifest["published_at"]).astimezone(UTC)
        yield self._say("export.published_at"), f"{published:%d/%m/%Y %H:%M}"
        yield self._say("quality.versions"), str(manifest["build_id"])
        yield self._say("export.currency"), str(self.publication["currency"])
        yield ()
        yield self._say("export.read"), self._say("export.read_text")
        yield self._say("export.hours"), self._say("layout.footer")
        yield ()
        for sheet in SHEETS:
            yield (
                self._sheet_name(sheet.id),
                f"{self._say(f'export.sheet.{sheet.id}.holds')} · {sheet.mart}",
            )

    def _value(self, column: Column, value: Any, row: Mapping[str, Any]) -> Any:
        if column.kind == TEAM and value is None:
            return None
        if column.kind in (TASK, TEAM):
            if value in _GATHERED:
                return self._say(f"task.{value}")
            return clean(self.names[column.kind].get(value, str(value or "")))
        if column.kind == TERM:
            found = term(self.word, column.family, value)
            return None if found is None else clean(found)
        if column.kind == TEXT and value is not None:
            return clean(str(value))
        return value

    def _format(self, column: Column, row: Mapping[str, Any]) -> str:
        """The number format of a cell; a row of assumptions has a unit of its own."""
        unit = str(row.get("unit") or "")
        if column.kind != "unit":
            return self.formats[column.kind]
        if unit.startswith("share"):
            return self.formats["share"]
        return self.formats["money"] if unit.startswith("currency") else self.formats["unit"]

    def _sheet_name(self, sheet: str) -> str:
        return self._say(f"export.sheet.{sheet}")

    def _title(self) -> str:
        return f"{self.publication['client']}. {self._say('export.title')}"

    def _say(self, key: str) -> str:
        found = self.word(key)
        if found is None:
            raise KeyError(f"labels.json has no {key!r}")
        return found


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = "B2"
    page.auto_filter.ref = page.dimensions
    widths = []
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        is_text = column.kind in (TEXT, TERM, TASK, TEAM)
        longest = max(len(str(cell.value or "")) for cell in page[letter][1:])
        widths.append(max(_NARROWEST, min(_WIDEST, longest + 3) if is_text else 14))
        page.column_dimensions[letter].width = widths[-1]
        # A text that follows a number keeps its distance.
        side = {"horizontal": "left", "indent": 1} if is_text else {"horizontal": "right"}
        for cell in page[letter][1:]:
            cell.alignment = Alignment(wrap_text=longest > _WIDEST, vertical="top", **side)
        head = page[letter][0]
        head.font = Font(bold=True)
        head.fill = _HEADER
        head.alignment = Alignment(wrap_text=True, vertical="center", **side)
    for number, row in enumerate(page.iter_rows(min_row=2, values_only=True), start=2):
        _give_room(page, number, zip(row, widths, strict=True))
    # Bold letters and the filter's arrow take a third of the width.
    _give_room(
        page, 1, [(cell.value, width * 2 / 3) for cell, width in zip(page[1], widths, strict=True)]
    )
    _print_on_a4(page)
    page.print_title_rows = "1:1"


def _give_room(page: Worksheet, row: int, cells: Iterable[tuple[Any, float]]) -> None:
    """The height that the broken texts of a row need: not every program finds it by itself."""
    lines = max(
        math.ceil(len(value) / width) if isinstance(value, str) else 1 for value, width in cells
    )
    if lines > 1:
        page.row_dimensions[row].height = _LINE * lines


def _print_on_a4(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
