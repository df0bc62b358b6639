import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingestion.parsed import FileKind, FileStatus
from ingestion.source_rule import SourceRule
from tests.readers.reading import column, read, reasons

HEAD = ["Qui", "Jour", "Durée", "Tâche"]
RULE = SourceRule(
    "generic", columns={"person": "Qui", "date": "Jour", "hours": "Durée", "task": "Tâche"}
)


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in (cell for line in sheet.iter_rows() for cell in line):
            if isinstance(cell.value, timedelta):
                cell.number_format = "[h]:mm"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_excel_durations_dates_and_numbers_in_one_column(tmp_path: Path) -> None:
    cells: list[tuple[Any, float]] = [
        (7, 7), (7.5, 7.5), (1.125, 1.125), ("3,5", 3.5), ("3h30", 3.5),
        (time(3, 30), 3.5), (timedelta(hours=2, minutes=30), 2.5), ("\u00a01,5 h", 1.5),
    ]  # fmt: skip
    rows = [["Zoé", date(2026, 3, 2 + i), value, "T"] for i, (value, _) in enumerate(cells)]
    parsed = read(tmp_path, workbook(Mars=[HEAD, *rows]), rule=RULE)
    assert column(parsed, "hours") == pytest.approx([hours for _, hours in cells])
    assert column(parsed, "worked_on")[0] == date(2026, 3, 2)
    assert column(parsed, "sheet") == [None] * len(cells)


def test_a_thirty_hour_cell_arrives_as_a_date_of_1900(tmp_path: Path) -> None:
    data = workbook(A=[HEAD, ["Zoé", date(2026, 3, 2), datetime(1900, 1, 1, 6), "T"]])
    assert reasons(read(tmp_path, data, rule=RULE)) == {2: "entry_over_24h"}


def test_title_rows_and_a_sheet_per_month(tmp_path: Path) -> None:
    head = ["Qui\u00a0", "Jour", "Durée ", "Tâche"]
    data = workbook(
        Notice=[["Mode d'emploi"], ["Remplir chaque jour"]],
        Janvier=[["Feuille de temps"], [], head, ["Zoé", date(2026, 1, 2), 3, "T"],
                 ["Total", None, 3, None]],
        Février=[head, ["Zoé", date(2026, 2, 2), 4, "T"]],
    )  # fmt: skip
    parsed = read(tmp_path, data, rule=RULE)
    assert column(parsed, "sheet") == ["Janvier", "Février"]
    assert column(parsed, "row_number") == [4, 2]
    assert parsed.rows_in == 9
    assert parsed.non_data == {"other_sheet": 2, "title": 1, "blank": 1, "header": 2, "total": 1}


def test_an_uncached_formula_is_quarantined_not_null(tmp_path: Path) -> None:
    rows = [HEAD, ["Zoé", date(2026, 3, 2), "=1+2", "T"], ["Zoé", date(2026, 3, 3), 2, "T"]]
    parsed = read(tmp_path, workbook(A=rows), rule=RULE)
    assert reasons(parsed) == {2: "uncached_formula"}
    assert column(parsed, "hours") == [2.0]


def test_an_error_cell_is_quarantined(tmp_path: Path) -> None:
    rows = [HEAD, ["Zoé", date(2026, 3, 2), "#REF!", "T"], ["Zoé", date(2026, 3, 3), 2, "T"]]
    parsed = read(tmp_path, workbook(A=rows), rule=RULE)
    assert reasons(parsed) == {2: "error_cell"}


def test_excel_serials_in_text(tmp_path: Path) -> None:
    text = "Qui;Jour;Durée;Tâche\nZoé;46083;1;T\n"
    assert column(read(tmp_path, text, rule=RULE), "worked_on") == [date(2026, 3, 2)]


def test_deliverables_in_both_formats(tmp_path: Path) -> None:
    head = ["date", "team", "task", "project_type", "units", "versions"]
    rows: list[list[Any]] = [
        [date(2026, 3, 31), "creation", "Posts", "social", 12, 2],
        [date(2026, 3, 31), "creation", "", "social", 12, 2],
        [date(2026, 3, 31), "creation", "Posts", "", 0, 2],
        [date(2026, 3, 31), "creation", "Posts", "", 2.5, ""],
        ["", "creation", "Posts", "", 1, ""],
        ["Total", "", "", "", 27.5, ""],
    ]
    csv = "\n".join(";".join(str(c).replace(".", ",") for c in row) for row in [head, *rows])
    for content in (workbook(A=[head, *rows]), csv):
        parsed = read(tmp_path, content, FileKind.DELIVERABLE)
        assert column(parsed, "units") == [12.0, 2.5]
        assert column(parsed, "versions") == [2.0, None]
        assert column(parsed, "delivered_on")[0] == date(2026, 3, 31)
        assert reasons(parsed) == {3: "missing_task", 4: "bad_units", 6: "missing_date"}
    held = read(tmp_path, "quand;quoi\n2026-01-01;x\n", FileKind.DELIVERABLE)
    assert held.status is FileStatus.HELD


def test_a_document_is_no_table_and_a_workbook_no_transcript(tmp_path: Path) -> None:
    data = workbook(A=[HEAD])
    assert read(tmp_path, data, FileKind.TRANSCRIPT).status is FileStatus.REFUSED
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    for kind in FileKind:
        assert read(tmp_path, out.getvalue(), kind).status is FileStatus.REFUSED
