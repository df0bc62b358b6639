"""The unit of a duration: read from the text, the header, begin and end, or asked for."""

from pathlib import Path

import pytest
import yaml

from ingestion.parsed import FileStatus, ParsedFile
from ingestion.source_rule import SourceRule
from tests.readers.reading import column, read, reasons

MAPPING = {"person": "Qui", "date": "Jour", "task": "Tâche", "hours": "Temps"}
GENERIC = SourceRule(tool="generic", columns=MAPPING)


def sheet(*durations: str, header: str = "Temps") -> str:
    rows = [f'2026-03-{i + 1:02};Basalte;T;"{text}"' for i, text in enumerate(durations)]
    return "\n".join([f"Jour;Qui;Tâche;{header}", *rows]) + "\n"


def settled(folder: Path, text: str, held: ParsedFile) -> ParsedFile:
    """The same file, with the very line that its hold prints."""
    line = held.reason[held.reason.index("- {") :]
    line = line[: line.rindex("}") + 1].replace("{file}", "x.csv")
    rule = yaml.safe_load(line)[0]
    assert rule.pop("match") == "x.csv"
    return read(folder, text, rule=SourceRule(**rule))


@pytest.mark.parametrize(
    ("written", "hours"),
    [("1d 2h", 9.0), ("1d", 7.0), ("0,5 j", 3.5), ("1 jour 30 min", 7.5), ("1j 1 h 30 min", 8.5),
     ("0.1w", 3.5)],
)  # fmt: skip
def test_days_count_once_somebody_says_how_long_they_are(
    tmp_path: Path, written: str, hours: float
) -> None:
    text = sheet(written, "2h")
    asked = read(tmp_path, text, rule=GENERIC)
    assert reasons(asked) == {2: "working_days"}
    assert "hours_per_day" in asked.quarantined[0].mend
    rule = SourceRule(tool="generic", columns=MAPPING, hours_per_day=7)
    assert column(read(tmp_path, text, rule=rule), "hours") == pytest.approx([hours, 2.0])


def test_more_days_than_a_day_holds_stay_out(tmp_path: Path) -> None:
    rule = SourceRule(tool="generic", columns=MAPPING, hours_per_day=8)
    assert reasons(read(tmp_path, sheet("1w 1d", "4h"), rule=rule)) == {2: "entry_over_24h"}


@pytest.mark.parametrize("header", ["Jours", "Temps (j)", "Nb jours"])
def test_a_column_of_days_is_held_until_a_day_has_hours(tmp_path: Path, header: str) -> None:
    rule = SourceRule(tool="generic", columns=MAPPING | {"hours": header})
    text = sheet("0,5", "1", header=header)
    held = read(tmp_path, text, rule=rule)
    assert held.status is FileStatus.HELD
    assert column(settled(tmp_path, text, held), "hours") == [4.0, 8.0]


@pytest.mark.parametrize("header", ["Durée (min)", "Nb de mn", "Minutes"])
def test_a_header_may_name_minutes(tmp_path: Path, header: str) -> None:
    rule = SourceRule(tool="generic", columns=MAPPING | {"hours": header})
    text = sheet("15", "90", header=header)
    assert column(read(tmp_path, text, rule=rule), "hours") == [0.25, 1.5]


def test_many_numbers_too_large_for_hours_are_asked_about(tmp_path: Path) -> None:
    text = sheet("15", "90", "45", "20")
    held = read(tmp_path, text, rule=GENERIC)
    assert held.status is FileStatus.HELD
    assert column(settled(tmp_path, text, held), "hours") == [0.25, 1.5, 0.75, 1 / 3]
    slip = read(tmp_path, sheet("7", "30", "8", "7", "7", "6"), rule=GENERIC)
    assert reasons(slip) == {3: "entry_over_24h"}


TOGGL = "User,Start date,Start time,End time,Duration,Description"


def test_a_day_fraction_of_a_spreadsheet_is_known_by_begin_and_end(tmp_path: Path) -> None:
    rows = ["09:00:00,10:30:00,0.0625", "10:30:00,13:30:00,0.125"]
    text = "\n".join([TOGGL, *(f"Basalte,2026-03-05,{row},T" for row in rows)])
    assert column(read(tmp_path, text), "hours") == pytest.approx([1.5, 3.0])


def test_numbers_that_contradict_begin_and_end_are_asked_about(tmp_path: Path) -> None:
    rows = ["09:00:00,10:30:00,900", "10:30:00,13:30:00,1800"]
    text = "\n".join([TOGGL, *(f"Basalte,2026-03-05,{row},T" for row in rows)])
    assert read(tmp_path, text).status is FileStatus.HELD


def test_a_break_does_not_change_the_unit(tmp_path: Path) -> None:
    rows = ["09:00:00,18:00:00,8", "09:00:00,17:00:00,7"]
    text = "\n".join([TOGGL, *(f"Basalte,2026-03-05,{row},T" for row in rows)])
    assert column(read(tmp_path, text), "hours") == [8.0, 7.0]


def test_seconds_and_hours_in_one_column_are_asked_about(tmp_path: Path) -> None:
    head = "Worklog id,Author,Started,Time spent"
    text = f"{head}\n1,Basalte,2026-03-05,5400\n2,Basalte,2026-03-06,2\n"
    assert read(tmp_path, text).status is FileStatus.HELD
    one_slip = f"{head}\n1,Basalte,2026-03-05,30\n2,Basalte,2026-03-06,7.5\n3,B,2026-03-07,8\n"
    assert reasons(read(tmp_path, one_slip)) == {2: "entry_over_24h"}


def test_the_line_that_settles_keeps_what_is_declared(tmp_path: Path) -> None:
    text = sheet("1,5").replace("2026-03-01", "02/03/2026")
    held = read(tmp_path, text, rule=GENERIC)
    assert held.status is FileStatus.HELD and "date_order" in held.reason
    assert column(settled(tmp_path, text, held), "hours") == [1.5]


@pytest.mark.parametrize(
    "durations",
    [("15", "20", "10", "30", "45"), ("15", "20", "10"), ("0.0625", str(1 / 24), str(1 / 3))],
)
def test_numbers_that_are_hardly_hours_are_asked_about(
    tmp_path: Path, durations: tuple[str, ...]
) -> None:
    held = read(tmp_path, sheet(*durations), rule=GENERIC)
    assert held.status is FileStatus.HELD
    assert "duration_unit" in held.reason


@pytest.mark.parametrize("durations", [("0.25", "0.5", "0.1"), ("7.5", "3", "13"), ("14",)])
def test_usual_hours_are_not(tmp_path: Path, durations: tuple[str, ...]) -> None:
    parsed = read(tmp_path, sheet(*durations), rule=GENERIC)
    assert column(parsed, "hours") == [float(text) for text in durations]


def test_shares_of_a_day_are_days_of_twenty_four_hours(tmp_path: Path) -> None:
    rule = SourceRule("generic", columns=MAPPING, duration_unit="days", hours_per_day=24)
    parsed = read(tmp_path, sheet("0.0625", str(1 / 24)), rule=rule)
    assert column(parsed, "hours") == pytest.approx([1.5, 1])
