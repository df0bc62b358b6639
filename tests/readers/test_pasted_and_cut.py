"""Files that were pasted together, cut short or copied column by column: no number is guessed."""

from datetime import date
from pathlib import Path

import pytest

from ingestion.parsed import FileKind, FileStatus
from ingestion.source_rule import SourceRule
from tests.readers.form_samples import FR, csv_of, form
from tests.readers.reading import column, read, reasons
from tests.readers.test_timesheet_tools import HARVEST, TOGGL

HEAD = "User,Description,Start date,Start time,End date,End time,Duration,Tags"


def row(day: str = "2026-03-05", duration: str = "01:30:00") -> str:
    return f"Basalte,T,{day},09:00:00,{day},10:30:00,{duration},"


def sheet(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows]) + "\n"


def test_an_export_pasted_below_another_is_refused_with_its_line(tmp_path: Path) -> None:
    swapped = HEAD.replace("Start date", "x").replace("End date", "Start date")
    for second in (swapped.replace("x", "End date"), HARVEST.splitlines()[0]):
        parsed = read(tmp_path, sheet(row(), second, row("2026-03-08")))
        assert parsed.status is FileStatus.REFUSED
        assert "line 3" in parsed.reason


def test_the_same_export_pasted_below_itself_is_read(tmp_path: Path) -> None:
    parsed = read(tmp_path, sheet(row(), HEAD, row("2026-03-08")))
    assert parsed.non_data == {"header": 2}
    assert len(column(parsed, "hours")) == 2


def test_columns_swapped_below_are_seen_even_where_the_date_stands_still(tmp_path: Path) -> None:
    second = HEAD.replace("End time,Duration", "Duration,End time")
    parsed = read(tmp_path, sheet(row(), second, row()))
    assert parsed.status is FileStatus.REFUSED


@pytest.mark.parametrize("cut", ["01:3", "01:30", "01", "0"])
def test_a_duration_at_the_end_of_a_cut_file_is_no_number(tmp_path: Path, cut: str) -> None:
    text = sheet(row(), row()) + row(duration=cut).removesuffix(",")
    assert reasons(read(tmp_path, text)) == {4: "cut_row"}


@pytest.mark.parametrize("size", range(1, 400, 7))
def test_wherever_a_file_is_cut_its_hours_are_those_of_whole_rows(
    tmp_path: Path, size: int
) -> None:
    whole = column(read(tmp_path, TOGGL), "hours")
    text = TOGGL.encode()
    parsed = read(tmp_path, text[: len(text) - size])
    if parsed.status is FileStatus.LOADABLE:
        assert column(parsed, "hours") == whole[: len(column(parsed, "hours"))]


def test_a_short_last_answer_is_read_unless_it_ends_in_a_number(tmp_path: Path) -> None:
    head, answers = form(FR, Horodateur="13/03/2026 10:01:09")
    at = next(i for i, text in enumerate(head) if "heures par semaine" in text)
    for last, reason in ((at, {3: "cut_row"}), (at - 1, {3: "bad_weekly_hours"})):
        text = csv_of([head, answers, answers[: last + 1]]).rstrip("\r\n")
        assert reasons(read(tmp_path, text, FileKind.FORM)) == reason


def test_a_copied_column_counts_once_and_one_that_differs_refuses(tmp_path: Path) -> None:
    head = HEAD.replace("Tags", "Duration")
    same = read(tmp_path, sheet(row() + "01:30:00", head=head))
    assert column(same, "hours") == [1.5]
    other = read(tmp_path, sheet(row() + "02:45:00", head=head))
    assert other.status is FileStatus.REFUSED and "Duration" in other.reason


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["26-03-05", "26-03-06", "26-03-17"], [(3, 5), (3, 6), (3, 17)]),
        (["26/03/05"], [(3, 5)]),
        (["13/03/26", "14/03/26"], [(3, 13), (3, 14)]),
    ],
)
def test_two_digit_years_may_come_first(
    tmp_path: Path, days: list[str], expected: list[tuple[int, int]]
) -> None:
    parsed = read(tmp_path, sheet(*map(row, days)))
    assert column(parsed, "worked_on") == [date(2026, *pair) for pair in expected]


def test_a_declared_year_first_is_obeyed(tmp_path: Path) -> None:
    parsed = read(tmp_path, sheet(row("18/03/26")), rule=SourceRule(date_order="ymd"))
    assert column(parsed, "worked_on") == [date(2018, 3, 26)]
