import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion.parsed import FileStatus
from ingestion.readers.delimited import read_delimited
from ingestion.readers.outcome import RefusedFile
from ingestion.readers.separator import find_separator
from ingestion.readers.table import Table, strip
from tests.readers.reading import column, read, reasons

CELL = st.text(st.sampled_from(' aé",;\n\r\t|0=\u00a0'), max_size=6)


def rows_of(table: Table) -> list[list[str]]:
    return [table.cells(i) for i in range(len(table))]


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=8),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";", "\t", "|"]),
    st.booleans(),
)
def test_regular_text_comes_back_as_it_was_written(
    rows: list[list[str]], end: str, separator: str, all_quoted: bool
) -> None:
    if not all_quoted:  # the writer leaves a lone carriage return unquoted
        rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    table = read_delimited(out.getvalue().encode(), separator)
    assert rows_of(table) == [[strip(c) for c in row] for row in rows]
    assert table.widths.tolist() == [len(row) for row in rows]


@settings(deadline=None, max_examples=400)
@given(st.text(st.sampled_from('ab",\n'), min_size=1, max_size=30))
def test_any_text_is_read_as_the_csv_reader_reads_it_or_refused(text: str) -> None:
    expected = [[strip(c) for c in row] for row in csv.reader(io.StringIO(text, newline=""))]
    try:
        table = read_delimited(text.encode(), ",")
    except RefusedFile:
        assert text.count('"')
        return
    assert rows_of(table) == expected
    assert [max(len(row), 1) for row in expected] == table.widths.tolist()


def test_columns_in_bulk_are_the_cells_one_by_one() -> None:
    text = 'a;"b\nb";c\n\n1;2\n"x ""q""";;z;long\nd;e;f\n'
    table = read_delimited(text.encode(), ";")
    assert table.lines.tolist() == [1, 3, 4, 5, 6]
    assert table.widths.tolist() == [3, 1, 2, 4, 3]
    records = np.array([0, 2, 3, 4], dtype=np.int64)
    frame = table.columns(records, {"third": 2, "first": 0})
    for row in frame.iter_rows(named=True):
        cells = [*table.cells(row["record"]), "", ""]
        assert (row["first"], row["third"]) == (cells[0], cells[2])
    assert frame.get_column("row_number").to_list() == [1, 4, 5, 6]


@pytest.mark.parametrize(
    "text", ['a,b\n1,"2\n3,4\n', 'a,b\n1,2\n"', 'a,b\n1,"2\n3,"4"\n5,6\n7,8\n']
)
def test_an_unclosed_quote_refuses_the_file_and_names_the_line(text: str) -> None:
    with pytest.raises(RefusedFile, match=r"line [23]"):
        read_delimited(text.encode(), ",")


def test_a_quote_inside_a_cell_is_a_quote() -> None:
    table = read_delimited('a,b\n27" écran,x\n"y",z'.encode(), ",")
    assert rows_of(table) == [["a", "b"], ['27" écran', "x"], ["y", "z"]]
    assert table.lines.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";"),
        ('a,b,c\n"1,5","2;3","x"\n"1,5","2;3","x"\n', ","),
        ("a\tb\n1,2,3\t4\n5,6,7\t8\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ("Rapport, mars\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n", ";"),
        ("a;b;c;d\n1;2;3;4\n1;2\n1;2;3;4;5\n1;2;3;4\n1;2;3;4\n", ";"),
        ("Date;Heures\n01/02;7,5\n02/02;3,5\n", ";"),
    ],
)
def test_the_separator_is_the_one_of_the_most_constant_width(text: str, separator: str) -> None:
    assert find_separator(io.BytesIO(text.encode())) == separator


def test_a_declared_separator_is_obeyed() -> None:
    assert find_separator(io.BytesIO(b"sep=;\r\na,b;c\r\n")) == ";"
    assert find_separator(io.BytesIO(b'"sep=|"\na|b\n')) == "|"
    assert find_separator(io.BytesIO(b"September,x\n")) == ","


@pytest.mark.parametrize("rows_before", [3, 60_000])
def test_a_pasted_novel_is_text_and_a_giant_is_refused(tmp_path: Path, rows_before: int) -> None:
    head = "Date,Project,Task,Hours,First Name,Last Name,Notes\n"
    row = "2026-03-13,Site,T,1,Zoé,Gneiss," + "x" * 60 + "\n"
    text = head + row * rows_before
    novel = "2026-03-14,Site,T,2,Zoé,Gneiss," + "mot " * 80_000 + "\n"
    parsed = read(tmp_path, text + novel + "short," + "y" * 200_000 + "\n")
    assert column(parsed, "hours")[-1] == 2.0
    assert list(reasons(parsed).values()) == ["short_row"]
    giant = read(tmp_path, text + "2026-03-14," + "z" * 1_100_000 + "\n" + row)
    assert giant.status is FileStatus.REFUSED
    assert f"line {rows_before + 2}" in giant.reason
