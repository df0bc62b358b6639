"""What a file itself holds twice, or sums up beside what it sums: loaded once."""

from pathlib import Path

from tests.readers.reading import column, read
from tests.readers.test_timesheet_tools import HARVEST
from tests.readers.test_workbooks import HEAD, RULE, workbook

CLOCKED = "User,Email,Description,Start date,Start time,End time,Duration,Tags"
ENTRY = "Granit,g@ardoise.example,Logo,2026-03-02,09:00:00,10:30:00,01:30:00,"
UNCLOCKED = "Date,Project,Task,Hours,First Name,Last Name"


def test_an_entry_starts_once(tmp_path: Path) -> None:
    rows = [ENTRY + "a", ENTRY + "a", ENTRY + "b"]
    parsed = read(tmp_path, "\n".join([CLOCKED, *rows]) + "\n")
    assert column(parsed, "row_number") == [2, 4], "entries that differ by a tag are two"
    assert parsed.non_data == {"header": 1, "repeated_row": 1}


def test_equal_rows_without_a_clock_are_two_entries(tmp_path: Path) -> None:
    row = "2026-03-13,Site,Réunion,0.5,Zoé,Gneiss"
    assert column(read(tmp_path, f"{UNCLOCKED}\n{row}\n{row}\n"), "hours") == [0.5, 0.5]


def test_an_export_pasted_below_itself_counts_once(tmp_path: Path) -> None:
    days = [f"2026-03-{day},Site,Réunion,0.5,Zoé,Gneiss" for day in (10, 11, 12)]
    once = "\n".join([UNCLOCKED, *days]) + "\n"
    parsed = read(tmp_path, once + once)
    assert column(parsed, "row_number") == [2, 3, 4]
    assert parsed.non_data == {"header": 2, "repeated_block": 3}
    assert len(column(read(tmp_path, once + once.replace("-12", "-13")), "hours")) == 6


def test_a_copied_sheet_counts_once(tmp_path: Path) -> None:
    month = [HEAD, ["Zoé", "2026-03-02", 3, "T"]]
    parsed = read(tmp_path, workbook(Mars=month, **{"Mars (2)": month}), rule=RULE)
    assert column(parsed, "hours") == [3.0]
    assert parsed.non_data == {"header": 1, "repeated_sheet": 2}


def test_a_total_among_dated_rows_is_known_by_its_sum(tmp_path: Path) -> None:
    rows = ["A,1", "B,2", "Total,3", "Sous-total,3", "Total,2.5"]
    lines = [f"2026-03-13,Site,{row},Zoé,Gneiss" for row in rows]
    parsed = read(tmp_path, "\n".join([UNCLOCKED, *lines]) + "\n")
    assert column(parsed, "hours") == [1.0, 2.0, 2.5], "Total may be a client"
    assert parsed.non_data == {"header": 1, "total": 2}


def test_totals_that_were_never_calculated_are_no_entry(tmp_path: Path) -> None:
    rows = [["Zoé", "2026-03-02", 3, "T"], ["Zoé", "2026-03-03", 4, "T"]]
    total = [None, None, "=SUBTOTAL(9,C2:C3)", None]
    parsed = read(tmp_path, workbook(Mars=[HEAD, *rows, total]), rule=RULE)
    assert parsed.rows_in == 4, "a last row of formulas without a value is a row"
    assert parsed.non_data == {"header": 1, "total": 1}


def test_cells_that_are_empty_in_every_row_are_no_raggedness(tmp_path: Path) -> None:
    head, *rows = HARVEST.splitlines()
    expected = read(tmp_path, HARVEST)
    parsed = read(tmp_path, "\n".join([head, *(row + ",," for row in rows)]) + "\n")
    assert column(parsed, "hours") == column(expected, "hours")
    ragged = read(tmp_path, "\n".join([head, *(row + ",,x" for row in rows)]) + "\n")
    assert ragged.rows is None or ragged.rows.is_empty()
