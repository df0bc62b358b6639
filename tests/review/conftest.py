"""A small engagement, its workbook, and cells of it by name."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from orchestration.review.sheets import SHEETS, ReviewRow
from orchestration.review.workbook import write_review

CONFIG = """\
engagement: les-cailloux
client: Les Cailloux (fictif)
language: fr
timezone: Europe/Paris
currency: EUR
priority: margin
calendar:
  baseline: {start: 2026-01-01, end: 2026-03-31}
  programme_start: 2026-04
teams:
  creation: {name: Création, headcount: 1, hourly_cost: 40}
"""
ROSTER = "name,email,team,role\nPaul Mica,paul.mica@cailloux.example,creation,Graphiste\n"
Edit = Callable[[Worksheet, "Cells"], None]


class Cells:
    """The rows of one sheet by a column's value."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        self.columns = {str(cell.value): cell.column for cell in page[1]}

    def row(self, **wanted: str) -> int:
        for number in range(2, self.page.max_row + 1):
            if all(self.get(number, name) == value for name, value in wanted.items()):
                return number
        raise LookupError(wanted)

    def get(self, number: int, column: str) -> Any:
        return self.page.cell(number, self.columns[column]).value

    def set(self, number: int, **cells: Any) -> None:
        for column, value in cells.items():
            self.page.cell(number, self.columns[column]).value = value

    def add(self, **cells: Any) -> int:
        number = self.page.max_row + 1
        self.set(number, **cells)
        return number


def edited(source: Path, target: Path, sheet: str, edit: Callable[[Cells], Any]) -> Path:
    """A copy of a workbook with one sheet edited as a person would."""
    book = openpyxl.load_workbook(source)
    edit(Cells(book[sheet]))
    book.save(target)
    return target


def decisions(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "decisions").glob("*.csv")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An engagement folder without any decision."""
    folder = tmp_path / "les-cailloux"
    (folder / "decisions").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return folder


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """What would be exported for it: three proposed tasks, their tags and a score."""
    tasks = ("retouche", "idees", "devis")
    tags = zip(tasks, ("rule_based", "human_value", "mixed"), strict=True)
    rows: dict[str, list[ReviewRow]] = {name: [] for name in SHEETS}
    rows["tasks"] = [row({"task_id": task, "task_name": task.capitalize()}) for task in tasks]
    rows["tags"] = [
        row({"task_id": task, "nature": nature, "rule_share": "0.5"}, {"proposed_nature": nature})
        for task, nature in tags
    ]
    rows["task_map"] = [
        row(
            {"source": "timesheet", "label": "=Retouche", "task_id": "retouche"},
            {"proposed_task_id": "retouche", "proposed_by": "offline"},
        )
    ]
    rows["scores"] = [
        row({"task_id": task, "criterion": "risk", "score": "4"}, {"proposed_score": 4.0})
        for task in tasks
    ]
    path = tmp_path / "review.xlsx"
    path.write_bytes(write_review("les-cailloux", "fr", rows, tasks, ["creation"]))
    return path


def row(cells: dict[str, str], beside: Mapping[str, Any] | None = None) -> ReviewRow:
    return ReviewRow(cells, beside or {}, False)
