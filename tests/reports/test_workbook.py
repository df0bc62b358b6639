"""The key tables as XLSX: in the reader's words and formats, and text is never a formula."""

import zipfile
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.labels import words
from reports.workbook import write_workbook
from reports.workbook_sheets import SHEETS
from tests.reports.marts_of import write_marts

MANIFEST = {"build_id": "b1", "published_at": "2026-10-02T08:00:00+00:00"}


def _written(folder: Path, language: str = "fr", **marts: Any) -> Workbook:
    build = write_marts(folder / "build", language, **marts)
    write_workbook(build, MANIFEST, folder / "tables.xlsx")
    return openpyxl.load_workbook(folder / "tables.xlsx")


def _row(page: Worksheet, first: str) -> dict[str, Any]:
    header = [cell.value for cell in page[1]]
    found = next(row for row in page.iter_rows(min_row=2) if row[0].value == first)
    return dict(zip(header, found, strict=True))


def test_the_first_sheet_says_what_this_is_and_leads_to_the_others(tmp_path: Path) -> None:
    book = _written(tmp_path)
    about = book.worksheets[0]
    said = " ".join(str(cell.value) for row in about.iter_rows() for cell in row)
    for fact in (
        "Atelier <Ardoise> & fils",
        "09/2026",
        "Brouillon",
        "b1",
        "EUR",
        "02/10/2026 08:00",
    ):
        assert fact in said
    links = [row[0] for row in about.iter_rows() if row[0].hyperlink]
    assert [cell.value for cell in links] == [page.title for page in book.worksheets[1:]]
    assert len(book.worksheets) == len(SHEETS) + 1
    holds = {row[0].value: row[1].value for row in about.iter_rows()}
    assert holds["Hypothèses"].endswith("fct_assumptions")  # where its figures come from


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_column_has_words_and_stays_in_sight(tmp_path: Path, language: str) -> None:
    word = words(language)
    book = _written(tmp_path, language)
    for sheet, page in zip(SHEETS, book.worksheets[1:], strict=True):
        assert page.freeze_panes == "B2"
        header = [cell.value for cell in page[1]]
        assert header == [word(f"column.{column.name}") for column in sheet.columns]
        assert None not in header
        assert len(set(header)) == len(header), sheet.id


def test_numbers_carry_their_unit(tmp_path: Path) -> None:
    book = _written(tmp_path)
    scenario = _row(book["Scénarios"], "Productivité")
    assert scenario["Valeur actuelle nette, P50"].value == 61e3
    assert "€" in scenario["Valeur actuelle nette, P50"].number_format
    assert "%" in scenario["Part des tirages gagnants"].number_format
    win = _row(book["Quick wins"], "Déclinaison de formats")
    assert '"h"' in win["Heures utilisables par an"].number_format
    assert win["À remettre tout de suite"].value == "oui"
    seats = _row(book["Hypothèses"], "Prix d’une licence")
    assert "€" in seats["Base"].number_format  # a row's unit decides
    gain = _row(book["Hypothèses"], "Gain de temps quand l’IA est utilisée")
    assert "%" in gain["Base"].number_format


def test_english_puts_the_sign_before_the_amount(tmp_path: Path) -> None:
    book = _written(tmp_path, "en", engagement={"currency": "GBP", "is_draft": False})
    amount = _row(book["Scenarios"], "Productivity")["Net present value, P50"]
    assert amount.number_format.startswith('"£"')


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    build = write_marts(tmp_path / "build", engagement={"client": "=1+1"})
    with duckdb.connect(str(build / "marts.duckdb")) as connection:
        connection.execute("update dim_tasks set task_name = '=HYPERLINK(\"http://x.example\")'")
        connection.execute("update fct_matrix set owner = '+cmd|calc'")
        connection.execute("update fct_assumptions set source = '@SUM(A1)' || chr(7)")
    write_workbook(build, MANIFEST, tmp_path / "tables.xlsx")
    with zipfile.ZipFile(tmp_path / "tables.xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == len(SHEETS) + 1
        assert [name for name in sheets if b"<f>" in archive.read(name)] == []
    book = openpyxl.load_workbook(tmp_path / "tables.xlsx")
    win = book["Quick wins"][2]
    assert win[0].value == '=HYPERLINK("http://x.example")' and win[0].quotePrefix
    assert {cell.value for cell in book["Hypothèses"]["H"][1:]} == {"@SUM(A1)"}


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    book = _written(tmp_path, is_sparse=True)
    assert book["Effets mesurés"]["A2"].value == "Rien à montrer ce mois-ci."
