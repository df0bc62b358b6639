from datetime import date
from pathlib import Path

import pytest

from ingestion.parsed import FileStatus
from ingestion.source_rule import SourceRule
from tests.readers.reading import column, read, reasons

DMY = SourceRule(date_order="dmy")

TOGGL = (
    "\ufeffUser,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
    "End time,Duration,Tags,Amount ()\r\n"
    'Paul Mica,paul@ardoise.example,Dupain,Site,,"Maquette ""v2""; C:\\x\\",No,2026-03-05,22:30:00,'
    '2026-03-06,01:00:00,02:30:00,"a, b",\r\n'
    "Paul Mica,paul@ardoise.example,Dupain,Site,Retouche,,No,2026-03-06,09:00:00,"
    "2026-03-06,09:06:00,00:06:00,,\r\n"
    "Zoé Gneiss,zoe@ardoise.example,,Interne,,,No,2026-03-06,09:00:00,2026-03-06,10:00:00,"
    "01:00:00,,\r\n"
)
HARVEST = (
    "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,Approved?,First Name,"
    "Last Name,Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,"
    "External Reference URL\n"
    '26.01.2015,Dupain,Site,S1,Design,note,"7,5",Yes,No,No,Zoé,Gneiss,,Yes,"70,0","2.000,0",0,0,'
    "Euro - EUR,\n"
    '27.01.2015,Dupain,Site,S1,,note,"0,25",Yes,No,No,Zoé,Gneiss,,Yes,"70,0","17,5",0,0,'
    "Euro - EUR,\n"
)


def test_toggl_since_2024(tmp_path: Path) -> None:
    parsed = read(
        tmp_path,
        "\ufeffDescription,Billable,Duration,Member,Email,Project,Tags,Start date,Start time,"
        "Stop date,Stop time\n"
        "Logo,-,01:30:00,Granit,g@ardoise.example,-,-,2026-03-02,09:00:00,2026-03-02,10:30:00\n",
    )
    assert (parsed.tool, column(parsed, "hours")) == ("toggl", [1.5])
    assert column(parsed, "project") == [None]


def test_toggl_counts_an_entry_over_midnight_on_the_day_it_begins(tmp_path: Path) -> None:
    parsed = read(tmp_path, TOGGL)
    assert (parsed.tool, parsed.rows_in, dict(parsed.non_data)) == ("toggl", 4, {"header": 1})
    assert column(parsed, "worked_on")[0] == date(2026, 3, 5)
    assert column(parsed, "hours") == pytest.approx([2.5, 0.1, 1.0])
    assert column(parsed, "label") == ['Maquette "v2"; C:\\x\\', "Retouche", "Interne"]
    assert column(parsed, "row_number") == [2, 3, 4]
    assert column(parsed, "person_email")[2] == "zoe@ardoise.example"
    assert column(parsed, "client_name") == ["Dupain", "Dupain", None]


def test_harvest_has_decimal_commas_inside_comma_separated_text(tmp_path: Path) -> None:
    parsed = read(tmp_path, HARVEST)
    assert parsed.tool == "harvest"
    assert column(parsed, "hours") == [7.5, 0.25]
    assert column(parsed, "worked_on") == [date(2015, 1, 26), date(2015, 1, 27)]
    assert column(parsed, "person_name") == ["Zoé Gneiss", "Zoé Gneiss"]
    assert column(parsed, "label") == ["Design", "note"]


def test_columns_are_known_by_their_headers_not_by_their_order(tmp_path: Path) -> None:
    rows = [line.split(",") for line in HARVEST.replace('"', "").splitlines()[:1]]
    order = list(reversed(range(len(rows[0]))))
    values = {"Date": "26.01.2015", "Hours": "3", "First Name": "Zoé", "Last Name": "Gneiss"}
    lines = [
        ",".join(rows[0][i] for i in order),
        ",".join(values.get(rows[0][i], "x") for i in order),
    ]
    parsed = read(tmp_path, "\n".join(lines))
    assert (parsed.tool, column(parsed, "hours")) == ("harvest", [3.0])


def test_clockify_prefers_the_exact_duration_and_takes_activity_for_task(tmp_path: Path) -> None:
    text = (
        "Project,Client,Description,Activity,User,Group,Email,Tags,Billable,Start Date,Start Time,"
        "End Date,End Time,Duration (h),Duration (decimal),Billable Rate (EUR)\n"
        "Site,Dupain,d,Revue,Paul Mica,,p@a.example,,Yes,13/03/2026,9:00 AM,13/03/2026,9:20 AM,"
        "00:20:00,0.33,70\n"
        "Site,Dupain,d,,Paul Mica,,p@a.example,,Yes,01/03/2026,9:00 AM,13/03/2026,9:20 AM,"
        "00:20:00,0.33\n"
    )
    parsed = read(tmp_path, text)
    assert parsed.tool == "clockify"
    assert column(parsed, "hours") == pytest.approx([1 / 3, 1 / 3])
    assert column(parsed, "label") == ["Revue", "d"]
    assert column(parsed, "worked_on") == [date(2026, 3, 13), date(2026, 3, 1)]


def test_clockify_in_french(tmp_path: Path) -> None:
    text = (
        "Projet,Client,Groupe,Description,Email,Utilisateur,Facturable,Date de début,"
        "Heure de début,Date de fin,Heure de fin,Durée (décimal)\n"
        'Site,Dupain,,Maquette,p@a.example,Paul Mica,Oui,31/03/2026,09:00,31/03/2026,12:30,"3,50"\n'
    )
    parsed = read(tmp_path, text)
    assert (parsed.tool, column(parsed, "hours")) == ("clockify", [3.5])


def test_clockify_rows_that_differ_by_tag_only_are_distinct(tmp_path: Path) -> None:
    head, first = TOGGL.splitlines()[0], TOGGL.splitlines()[2]
    parsed = read(tmp_path, "\n".join([head, first, first.replace(",,", ",tag,")]))
    assert parsed.rows_in == 3
    assert len(column(parsed, "hours")) == 2


@pytest.mark.parametrize(
    ("durations", "expected"),
    [
        (["1680", "5400"], [1680 / 3600, 1.5]),
        (["0:06", "1:30"], [0.1, 1.5]),
        (["0.11", "1.5"], [0.11, 1.5]),
    ],
)
def test_kimai_writes_three_units_under_one_header(
    tmp_path: Path, durations: list[str], expected: list[float]
) -> None:
    head = "Date,From,To,Duration,Currency,Rate,Name,User,Email,Customer,Project,Activity,x,x"
    body = [f"2026-03-05,,,{d},EUR,0,Paul Mica,pm,p@a.example,Dupain,Site,Dev,," for d in durations]
    parsed = read(tmp_path, "\n".join([head, *body]))
    assert parsed.tool == "kimai"
    assert column(parsed, "hours") == pytest.approx(expected)


def test_begin_and_end_decide_the_unit_of_a_bare_number(tmp_path: Path) -> None:
    head = "Date,From,To,Duration,Name,Activity"
    rows = ["09:00,09:20,20", "22:50,00:10,80"]
    text = "\n".join([head, *(f"2026-03-05,{row},Paul Mica,Dev" for row in rows)])
    parsed = read(tmp_path, text)
    assert column(parsed, "hours") == pytest.approx([20 / 60, 80 / 60])


def test_kimai_totals_without_a_label_are_no_data(tmp_path: Path) -> None:
    head = "Date,From,To,Duration,Rate,Name,Activity"
    text = f"{head}\n2026-03-05,09:00,10:00,1:00,50,Paul Mica,Dev\n,,,1:00,50,,\n"
    parsed = read(tmp_path, text)
    assert parsed.non_data == {"header": 1, "total": 1}
    assert parsed.quarantined == []


def test_jira_worklogs_once_each_whatever_their_writing(tmp_path: Path) -> None:
    text = (
        "\ufeffWorklog id,Author,Summary,Work description,Issue,Parent,Epic,Project,Started,x,"
        "Time spent\r\n"
        "10,Paul Mica,Maquette,_,S-1,_,_,Site,2023-01-20T18:25:30.148+0100,_,1h 30m\r\n"
        "11,Paul Mica,_,Relecture,S-1,_,_,Site,2023-01-21T18:25:30.148+0100,_,35m\r\n"
        '10,Paul Mica,Maquette,_,S-1,_,_,Site,"Jan 20, 2023, 6:25 PM",_,1:30:00\r\n'
        "Total,_,_,_,_,_,_,_,_,_,2h 5m\r\n"
    )
    parsed = read(tmp_path, text)
    assert parsed.tool == "jira"
    assert column(parsed, "tool_entry_id") == ["11", "10"]
    assert parsed.non_data == {"header": 1, "total": 1, "repeated_entry_id": 1}
    assert column(parsed, "label") == ["S-1", "Maquette"]
    assert column(parsed, "note") == ["Relecture", None]


def test_tempo(tmp_path: Path) -> None:
    text = (
        "Issue Key,Issue summary,Hours,Work date,Username,Full name,Period,Account Key\n"
        "S-1,Maquette,1.5,2026-03-05 10:00,pm,Paul Mica,0326,A\n"
    )
    for rule in (SourceRule(), SourceRule(tool="jira"), SourceRule(tool="tempo")):
        parsed = read(tmp_path, text, rule=rule)
        assert (parsed.tool, column(parsed, "label")) == ("tempo", ["Maquette"])
        assert column(parsed, "person_name") == ["Paul Mica"]


def test_redmine_in_latin_1(tmp_path: Path) -> None:
    text = (
        "Projet;Date;Créé;Utilisateur;Activité;Demande;Commentaire;Heures\n"
        'Été;05/03/2026;05/03/2026 18:42;Noël Léger;Dév;Tâche #1: x;"a ; b\nc";3,50\n'
        "Été;06/03/2026;09/03/2026 09:01;Noël Léger;;;suite;0,75\n"
    )
    parsed = read(tmp_path, text.encode("cp1252"), rule=DMY)
    assert parsed.tool == "redmine"
    assert column(parsed, "row_number") == [2, 4], "a quoted line end shifts the physical lines"
    assert column(parsed, "hours") == [3.5, 0.75]
    assert column(parsed, "label") == ["Dév", "suite"]
    assert column(parsed, "person_name") == ["Noël Léger"] * 2


def test_redmine_report_without_header_is_not_summed_three_times(tmp_path: Path) -> None:
    text = "Site;;;10,5;10,5\nSite;Dév;;8;8\nSite;Dév;Paul;8;8\nTotal;;;10,5;10,5\n"
    assert read(tmp_path, text).status is not FileStatus.LOADABLE


def test_timely_rows_of_clients_and_projects_are_subtotals(tmp_path: Path) -> None:
    text = (
        "Client,Project,Date,Name,Email,Logged Hours,Note,From,To\n"
        "Dupain,,,,,3,,,\n"
        "Dupain,Site,,,,3,,,\n"
        "Dupain,Site,2026-03-05,Paul Mica,p@a.example,3,Maquette,,\n"
    )
    parsed = read(tmp_path, text)
    assert (parsed.tool, column(parsed, "hours")) == ("timely", [3.0])
    assert parsed.non_data == {"header": 1, "subtotal": 2}


def test_noko_minutes_are_exact(tmp_path: Path) -> None:
    text = (
        "Date,Person,Project,Description,Minutes,Hours\n2026-03-05,Paul Mica,Site,Maquette,50,0.8\n"
    )
    parsed = read(tmp_path, text)
    assert (parsed.tool, column(parsed, "hours")) == ("noko", pytest.approx([50 / 60]))


def test_tick_has_ids(tmp_path: Path) -> None:
    text = (
        "Id,Client,Project,Task,Notes,Date,User,Hours,Billable,Entry Updated At\n"
        "77,Dupain,Site,Maquette,n,2026-03-05,Paul Mica,1.25,true,2026-03-06\n"
    )
    parsed = read(tmp_path, text)
    assert (parsed.tool, column(parsed, "tool_entry_id")) == ("tick", ["77"])


def test_a_bad_entry_is_kept_out_with_its_reason(tmp_path: Path) -> None:
    head = "Date,Project,Task,Hours,First Name,Last Name"
    cases = {
        "31/02/2026,Site,T,1,Zoé,Gneiss": "bad_date",
        ",Site,T,1,Zoé,Gneiss": "missing_date",
        "13/02/2026,Site,T,1,,": "missing_person",
        "13/02/2026,Site,T,,Zoé,Gneiss": "missing_hours",
        "13/02/2026,Site,T,beaucoup,Zoé,Gneiss": "bad_hours",
        "13/02/2026,Site,T,-1,Zoé,Gneiss": "negative_hours",
        "13/02/2026,Site,T,0,Zoé,Gneiss": "zero_hours",
        "13/02/2026,Site,T,30:00,Zoé,Gneiss": "entry_over_24h",
        "13/02/2026,Sit\ufffd,T,1,Zoé,Gneiss": "unreadable_character",
        "13/02/2026,Site,T,1": "short_row",
        "13/02/2026,Site,T,1,Zoé,Gneiss,x": "long_row",
    }
    good = ["13/02/2026,Site,T,1,Zoé,Gneiss"] * 5
    parsed = read(tmp_path, "\n".join([head, *cases, *good]))
    assert reasons(parsed) == dict(enumerate(cases.values(), start=2))
    assert len(column(parsed, "hours")) == 5


def test_totals_blanks_and_repeated_headers_are_no_data(tmp_path: Path) -> None:
    head = "Date,Project,Task,Hours,First Name,Last Name"
    row = "13/02/2026,Site,T,1,Zoé,Gneiss"
    text = "\n".join(
        ["Rapport de temps,,,,,", "", head, row, "Sous-total,,,1,,", head, row, ",,,,,",
         "Total général,,,2,,", "TOTAL : 2 h", ""]
    )  # fmt: skip
    parsed = read(tmp_path, text + "\n")
    assert parsed.quarantined == []
    assert parsed.non_data == {"title": 1, "blank": 3, "header": 2, "subtotal": 1, "total": 2}
    assert column(parsed, "row_number") == [4, 7]


def test_a_task_that_begins_like_a_total_is_work(tmp_path: Path) -> None:
    head = "Date,Project,Task,Hours,First Name,Last Name"
    parsed = read(tmp_path, f"{head}\n13/02/2026,Site,Total,1,Zoé,Gneiss\n")
    assert column(parsed, "label") == ["Total"]


def test_entries_above_the_headers_are_no_title(tmp_path: Path) -> None:
    head = "Date,Project,Task,Hours,First Name,Last Name"
    row = "13/02/2026,Site,T,1,Zoé,Gneiss"
    parsed = read(tmp_path, f"Export,du,13/02/2026,,,\n{row}\n{head}\n{row}\n")
    assert reasons(parsed) == {2: "above_header"}
    assert parsed.non_data == {"title": 1, "header": 1}


def test_a_declared_separator_line_is_no_data(tmp_path: Path) -> None:
    parsed = read(tmp_path, "sep=,\n" + HARVEST)
    assert parsed.non_data == {"title": 1, "header": 1}
    assert column(parsed, "row_number") == [3, 4]


def test_a_declared_tool_must_be_the_tool(tmp_path: Path) -> None:
    held = read(tmp_path, TOGGL, rule=SourceRule(tool="harvest"))
    assert held.status is FileStatus.HELD
    assert "harvest" in held.reason
    unknown = read(tmp_path, TOGGL, rule=SourceRule(tool="togle"))
    assert unknown.status is FileStatus.REFUSED
    assert "toggl" in unknown.reason


def test_clickup_is_read_by_its_texts(tmp_path: Path) -> None:
    parsed = read(
        tmp_path,
        "User ID,Username,Time Entry ID,Description,Billable,Time Labels,Start,Start Text,Stop,"
        "Stop Text,Time Tracked,Time Tracked Text,Space Name,Folder Name,List Name,Task ID,"
        "Task Name,Task Status\n"
        '1,Granit,77,,true,[],1773477000000,"03/14/2026, 9:30:00 AM GMT+1",1773481500000,'
        '"03/14/2026, 10:45:00 AM GMT+1",4500000,1 h 15 m,Ardoise,Banque,Site,8a,Maquette,done\n'
        '1,Granit,78,Appel,true,[],1773300600000,"03/12/2026, 8:30:00 AM GMT+1",1773302400000,'
        '"03/12/2026, 9:00:00 AM GMT+1",1800000,30 m,Ardoise,Banque,Site,8b,,done\n'
        ",,,,,,,,,,6300000,1 h 45 m,,,,,,\n",
    )
    assert (parsed.tool, parsed.non_data) == ("clickup", {"header": 1, "total": 1})
    assert column(parsed, "worked_on") == [date(2026, 3, 14), date(2026, 3, 12)]
    assert column(parsed, "hours") == [1.25, 0.5]
    assert column(parsed, "label") == ["Maquette", "Appel"]
    assert column(parsed, "client_name") == ["Banque", "Banque"]
