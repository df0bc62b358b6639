"""What is decided per column, what is held, and what the mapping of the engagement does."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from ingestion.parsed import FileStatus
from ingestion.source_rule import SourceRule
from tests.readers.reading import column, read, reasons

HEAD = "Date,Project,Task,Hours,First Name,Last Name"


def entries(*days: str, hours: str = "1") -> str:
    return "\n".join([HEAD, *(f'{day},Site,T,"{hours}",Zoé,Gneiss' for day in days)])


def test_one_day_above_twelve_decides_the_column(tmp_path: Path) -> None:
    assert column(read(tmp_path, entries("02/03/2026", "13/03/2026")), "worked_on") == [
        date(2026, 3, 2), date(2026, 3, 13),
    ]  # fmt: skip
    assert column(read(tmp_path, entries("02/03/2026", "03/13/2026")), "worked_on") == [
        date(2026, 2, 3), date(2026, 3, 13),
    ]  # fmt: skip


def test_a_wholly_ambiguous_column_is_held_with_the_line_that_settles_it(tmp_path: Path) -> None:
    text = entries("02/03/2026", "04/03/2026")
    held = read(tmp_path, text)
    assert held.status is FileStatus.HELD
    line = held.reason[held.reason.index("- {") :].replace("{file}", "x.csv")
    rule = yaml.safe_load(line)[0]
    assert rule == {"match": "x.csv", "tool": "harvest", "date_order": "dmy"}
    settled = read(tmp_path, text, rule=SourceRule(tool=rule["tool"], date_order="dmy"))
    assert column(settled, "worked_on")[0] == date(2026, 3, 2)
    other = read(tmp_path, text, rule=SourceRule(date_order="mdy"))
    assert column(other, "worked_on")[0] == date(2026, 2, 3)


def test_a_column_written_both_ways_is_an_error(tmp_path: Path) -> None:
    parsed = read(tmp_path, entries("13/03/2026", "03/13/2026", "01/02/2026"))
    assert parsed.status is FileStatus.REFUSED
    assert "13/03/2026" in parsed.reason
    assert "03/13/2026" in parsed.reason
    declared = read(
        tmp_path, entries("13/03/2026", "03/13/2026"), rule=SourceRule(date_order="dmy")
    )
    assert reasons(declared) == {3: "bad_date"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1:30", 1.5), ("0:06", 0.1), ("1:30:00", 1.5), ("1h30", 1.5), ("1 h 30 min", 1.5),
        ("35m", 35 / 60), ("10h 40m", 10 + 2 / 3), ("8s", 8 / 3600), ("PT1H30M", 1.5),
        ("7,5", 7.5), ("7.5", 7.5), ("0,125", 0.125), ("1,5 h", 1.5), ("1\u202fh\u00a030", 1.5),
        ("90 min", 1.5),
    ],
)  # fmt: skip
def test_every_writing_of_a_duration(tmp_path: Path, written: str, expected: float) -> None:
    assert column(read(tmp_path, entries("2026-03-13", hours=written)), "hours") == pytest.approx(
        [expected]
    )


@pytest.mark.parametrize("written", ["3/4", "1:3", "1:75", "h", "1.2.3", "12,34,5", "1e", ":30"])
def test_what_is_no_duration_is_never_a_number(tmp_path: Path, written: str) -> None:
    assert list(reasons(read(tmp_path, entries("2026-03-13", hours=written))).values()) == [
        "bad_hours"
    ]


def test_an_undecidable_decimal_sign_is_said_and_settled_by_one_line(tmp_path: Path) -> None:
    text = entries("2026-03-13", hours="1,125")
    held = read(tmp_path, text)
    assert held.status is FileStatus.HELD
    assert "number_style" in held.reason
    comma = read(tmp_path, text, rule=SourceRule(number_style="comma"))
    assert column(comma, "hours") == [1.125]
    dot = read(tmp_path, text, rule=SourceRule(number_style="dot"))
    assert reasons(dot) == {2: "entry_over_24h"}


def test_the_other_values_of_a_column_decide_the_decimal_sign(tmp_path: Path) -> None:
    text = entries("2026-03-13", hours="1,125") + '\n2026-03-13,Site,T,"7,5",Zoé,Gneiss\n'
    assert column(read(tmp_path, text), "hours") == [1.125, 7.5]


HOME_MADE = (
    "Collaborateur;Date;Projet;Temps (j);Durée;Commentaire\r\n"
    "GNEISS Zoé;lundi 2 mars 2026;Dupain – Site;0,5;3h30;Maquette\r\n"
    "GNEISS Zoé;13/03/26;Dupain – Site;1;7:00;Dév.\r\n"
    "Total;;;1,5;10:30;\r\n"
)
MAPPING = {"person": "Collaborateur", "date": "Date", "hours": "durée", "project": "Projet"}


def test_an_unknown_file_is_held_with_its_guess_never_loaded(tmp_path: Path) -> None:
    held = read(tmp_path, HOME_MADE.encode("cp1252"))
    assert held.status is FileStatus.HELD
    assert held.guess == {
        "person": "Collaborateur", "date": "Date", "hours": "Durée", "project": "Projet",
        "note": "Commentaire",
    }  # fmt: skip
    line = held.reason[held.reason.index("- {") : held.reason.rindex("}}") + 2]
    rule = yaml.safe_load(line.replace("{file}", "x.csv"))[0]
    assert rule["columns"] == held.guess
    loaded = read(
        tmp_path, HOME_MADE.encode("cp1252"), rule=SourceRule("generic", columns=rule["columns"])
    )
    assert column(loaded, "hours") == [3.5, 7.0]
    assert loaded.non_data == {"header": 1, "total": 1}


def test_the_mapping_of_the_engagement_loads_the_file(tmp_path: Path) -> None:
    rule = SourceRule("generic", columns=MAPPING)
    parsed = read(tmp_path, HOME_MADE.encode("mac-roman"), rule=rule)
    assert parsed.tool == "generic"
    assert column(parsed, "worked_on") == [date(2026, 3, 2), date(2026, 3, 13)]
    assert column(parsed, "label") == ["Dupain – Site"] * 2


def test_a_mapping_of_missing_columns_says_which(tmp_path: Path) -> None:
    rule = SourceRule("generic", columns=MAPPING | {"task": "Tâche"})
    held = read(tmp_path, HOME_MADE, rule=rule)
    assert held.status is FileStatus.HELD
    assert "tache" in held.reason
    wrong = read(tmp_path, HOME_MADE, rule=SourceRule("generic", columns={"persn": "x"}))
    assert wrong.status is FileStatus.REFUSED
    assert "person" in wrong.reason


def test_a_generic_column_of_minutes(tmp_path: Path) -> None:
    text = "Qui;Quand;Minutes\nZoé;2026-03-02;90\n"
    rule = SourceRule("generic", columns={"person": "Qui", "date": "Quand", "hours": "Minutes"})
    assert column(read(tmp_path, text, rule=rule), "hours") == [1.5]


PIVOTED = (
    "Membre,Projet,2026-03-02,2026-03-03,2026-03-04,Total\n"
    "Paul Mica,Site,7:00,,3:30,10:30\n"
    "Zoé Gneiss,Site,,8:00,abc,8:00\n"
    "Total,,7:00,8:00,3:30,18:30\n"
)


def test_a_column_per_day_becomes_an_entry_per_day(tmp_path: Path) -> None:
    parsed = read(tmp_path, PIVOTED)
    assert parsed.tool == "pivoted"
    assert column(parsed, "hours") == [7.0, 3.5, 8.0]
    assert column(parsed, "worked_on") == [date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 3)]
    assert column(parsed, "label") == ["Site"] * 3
    assert reasons(parsed) == {3: "bad_hours"}
    assert parsed.non_data == {"header": 1, "total": 1}


def test_weekdays_need_the_week(tmp_path: Path) -> None:
    text = "Semaine,Collaborateur,Tâche,Lundi,Mardi,Mercredi,Jeudi,Vendredi,Total\n"
    text += "2026-03-02,Paul Mica,Dév,7,7,,,3.5,17.5\n"
    parsed = read(tmp_path, text)
    assert column(parsed, "worked_on") == [
        date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6),
    ]  # fmt: skip
    without = text.replace("Semaine", "Équipe").replace("2026-03-02", "A")
    assert read(tmp_path, without).status is FileStatus.HELD
