"""Sheets with a column per day, as people fill, copy and stack them."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingestion.parsed import FileStatus
from tests.readers.reading import column, read, reasons
from tests.readers.test_workbooks import workbook

WEEK = "Nom;2026-03-02;2026-03-03;2026-03-04;Total"


def test_blocks_below_one_another_keep_their_own_days(tmp_path: Path) -> None:
    second = "Nom;2026-03-09;2026-03-10;2026-03-11;Total"
    text = f"{WEEK}\nBasalte;1;2;;3\nTotal;1;2;;3\n\n{second}\nBasalte;;4;5;9\n"
    parsed = read(tmp_path, text)
    days = [date(2026, 3, day) for day in (2, 3, 10, 11)]
    assert (column(parsed, "worked_on"), column(parsed, "hours")) == (days, [1.0, 2.0, 4.0, 5.0])
    assert parsed.non_data == {"header": 2, "total": 1, "blank": 1}


def test_a_day_in_two_columns_is_never_summed(tmp_path: Path) -> None:
    parsed = read(tmp_path, "Nom;2026-03-02;2026-03-02;2026-03-03;2026-03-04\nBasalte;7;7;7;7\n")
    assert parsed.status is FileStatus.REFUSED
    assert "2026-03-02" in parsed.reason


@pytest.mark.parametrize(
    ("header", "week", "days"),
    [
        ("Sun,Mon,Tue,Wed,Thu,Fri,Sat", "2026-03-01", [1, 2]),
        ("Mon,Tue,Wed,Thu,Fri,Sat,Sun", "2026-03-02", [2, 3]),
    ],
)
def test_a_week_begins_with_its_first_column(
    tmp_path: Path, header: str, week: str, days: list[int]
) -> None:
    parsed = read(tmp_path, f"Member,Week,{header}\nBasalte,{week},1,2,,,,,\n")
    assert column(parsed, "worked_on") == [date(2026, 3, day) for day in days]


def test_a_week_that_begins_on_another_day_is_kept_out(tmp_path: Path) -> None:
    parsed = read(tmp_path, "Member,Week,Mon,Tue,Wed\nBasalte,2026-03-01,1,2,\n")
    assert set(reasons(parsed).values()) == {"bad_date"}


def test_hubstaff_daily_totals(tmp_path: Path) -> None:
    text = (
        "Organization,Time Zone,Member,Email,Job title,2026-03-01,2026-03-02,2026-03-03,"
        "Total worked,Activity,Spent total,Currency\n"
        "Ardoise,Paris,Basalte,b@ardoise.example,,0:00:00,7:30:00,7:00:00,14:30:00,51%,0,EUR\n"
    )
    parsed = read(tmp_path, text)
    assert column(parsed, "hours") == [7.5, 7.0]
    assert column(parsed, "label") == [None, None], "how much the mouse moved is no work"


def test_weekdays_before_dates(tmp_path: Path) -> None:
    head = "Nom;lun. 02/03/2026;mar. 03/03/2026;ven. 13/03/2026"
    parsed = read(tmp_path, f"{head}\nBasalte;7;3h30;\n")
    assert column(parsed, "worked_on") == [date(2026, 3, 2), date(2026, 3, 3)]


def test_the_outline_of_a_report_is_counted_at_its_leaves(tmp_path: Path) -> None:
    text = (
        "Projet;Utilisateur;Activité;2026-03-02;2026-03-03;2026-03-04;Temps total\n"
        'Site;;;"3,00";"4,00";;"7,00"\n'
        ';Basalte;;"3,00";"4,00";;"7,00"\n'
        ';;Maquette;"1,00";"4,00";;"5,00"\n'
        ';;Réunion;"2,00";;;"2,00"\n'
        'Temps total;;;"3,00";"4,00";;"7,00"\n'
    )
    parsed = read(tmp_path, text)
    assert column(parsed, "person_name") == ["Basalte"] * 3
    assert column(parsed, "label") == ["Maquette", "Maquette", "Réunion"]
    assert (column(parsed, "hours"), parsed.quarantined) == ([1.0, 4.0, 2.0], [])
    assert parsed.non_data == {"header": 1, "subtotal": 2, "total": 1}


def month_sheet(days: int) -> list[list[Any]]:
    return [["Temps"], ["Nom", *range(1, days + 1), "Total"], ["Basalte", *[1] * days, days]]


def test_the_days_of_a_month_that_the_sheet_names(tmp_path: Path) -> None:
    book = workbook(**{"Février 2026": month_sheet(28), "Mars 2026": month_sheet(31),
                       "Mai 2026": month_sheet(31)})  # fmt: skip
    parsed = read(tmp_path, book)
    days = column(parsed, "worked_on")
    assert (days[0], days[27], days[28], days[-1]) == (
        date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31),
    )  # fmt: skip
    held = read(tmp_path, workbook(Temps=month_sheet(31)))
    assert held.status is FileStatus.HELD
    assert "Janvier 2026" in held.reason
    beyond = read(tmp_path, workbook(**{"02-2026": month_sheet(30)}))
    assert len(column(beyond, "hours")) == 28
    assert [row.reason for row in beyond.quarantined] == ["bad_date"] * 2
