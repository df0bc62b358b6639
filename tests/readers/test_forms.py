import json
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from ingestion.parsed import FileStatus
from ingestion.source_rule import SourceRule
from tests.readers.form_samples import EN, FR, csv_of, form
from tests.readers.reading import at, column, extras, read_form, reasons, tasks


@pytest.mark.parametrize(("separator", "end"), [(",", "\n"), ("\t", "\r\n"), (";", "\r\n")])
def test_google_forms_in_french(tmp_path: Path, separator: str, end: str) -> None:
    head, row = form(FR, Horodateur="02/03/2026 10:01:09", Humeur="🙂 bien")
    parsed = read_form(tmp_path, csv_of([head, row], separator, end))
    assert parsed.tool == "google"
    assert column(parsed, "submitted_at") == [at("2026-03-02T10:01:09")], "d/m/Y by the tool"
    assert column(parsed, "is_utc") == [False]
    assert column(parsed, "person_email") == ["zoe@ardoise.example"]
    assert tasks(parsed) == [
        (2, 1, "Mise en page", "production", 7.5), (2, 2, "Retouche", "creation", 1.5),
    ]  # fmt: skip
    assert parsed.form_tools is not None
    assert parsed.form_tools.rows() == [(None, 2, "InDesign", 4, True, "le serveur")]
    assert column(parsed, "ai_familiarity") == [3]
    assert column(parsed, "ai_frequency") == ["monthly"]
    assert column(parsed, "is_champion_candidate") == [True]
    assert column(parsed, "wish") == ["Les relances; surtout, les relances"]
    assert extras(parsed) == {"Humeur": "🙂 bien"}


def test_google_forms_in_english_needs_the_order_where_nothing_tells(tmp_path: Path) -> None:
    head, row = form(EN, Timestamp="3/2/2026 10:01:09")
    assert read_form(tmp_path, csv_of([head, row])).status is FileStatus.HELD
    settled = read_form(tmp_path, csv_of([head, row]), SourceRule(date_order="mdy"))
    assert column(settled, "submitted_at") == [at("2026-03-02T10:01:09")]
    head, row = form(EN, Timestamp="2026/03/02 6:01:09 PM GMT+1")
    parsed = read_form(tmp_path, csv_of([head, row]))
    assert column(parsed, "submitted_at") == [at("2026-03-02T18:01:09")]


def test_questions_are_known_without_case_spaces_and_stars(tmp_path: Path) -> None:
    head, row = form(FR, Horodateur="2026-03-02 10:00")
    head = [f"\u00a0{text.upper()} * " if text != "Horodateur" else text for text in head]
    assert len(tasks(read_form(tmp_path, csv_of([head, row])))) == 2


def test_a_renamed_question_leaves_two_columns_of_one_answer(tmp_path: Path) -> None:
    wish = FR["wish", 0]
    head = ["Horodateur", FR["person_email", 0], wish, wish.lower(), "Junk", ""]
    rows = [
        ["13/03/2026 10:00:00", "a@a.example", "", "old", "", ""],
        ["13/03/2026 11:00:00", "b@a.example", "new", "", "", ""],
    ]
    parsed = read_form(tmp_path, csv_of([head, *rows]))
    assert column(parsed, "wish") == ["old", "new"]
    assert extras(parsed) == {}


def test_a_short_last_row_lacks_answers_only(tmp_path: Path) -> None:
    head = ["Horodateur", FR["person_email", 0], FR["wish", 0], "Autre"]
    parsed = read_form(
        tmp_path, csv_of([head, ["13/03/2026 10:00:00", "a@a.example", "moins", ""]])
        + "13/03/2026 11:00:00,b@a.example\n13/03/2026 12:00:00\n",
    )  # fmt: skip
    assert column(parsed, "wish") == ["moins", None]
    assert reasons(parsed) == {4: "missing_person"}


def test_hours_that_cannot_be_read_keep_the_response_out(tmp_path: Path) -> None:
    head = ["Horodateur", FR["person_email", 0], FR["label", 1], FR["weekly_hours", 1]]
    texts = ["beaucoup", "", "-2", "400", "0", "1,125", "3h/semaine", "environ 5h"]
    rows = [["13/03/2026 10:00:00", "a@a.example", "T", text] for text in texts]
    parsed = read_form(tmp_path, csv_of([head, *rows]))
    assert reasons(parsed) == dict.fromkeys(range(2, 6), "bad_weekly_hours")
    assert [task[-1] for task in tasks(parsed)] == [0, 1.125, 3, 5]


def test_an_answer_outside_of_the_closed_list_is_kept_as_extra(tmp_path: Path) -> None:
    head = ["Horodateur", FR["person_email", 0], FR["ai_frequency", 0]]
    parsed = read_form(tmp_path, csv_of([head, ["13/03/2026 10:00:00", "a@a.example", "Parfois"]]))
    assert column(parsed, "ai_frequency") == [None]
    assert extras(parsed) == {FR["ai_frequency", 0]: "Parfois"}


def test_microsoft_forms_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    head, row = form(FR)
    meta = ["ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom",
            "Heure de la dernière modification"]  # fmt: skip
    start, end = datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 9, 7, 3)
    sheet = book.active
    assert sheet is not None
    sheet.append([*meta, *(f"{text} " for text in head), "Sinon ?", "Sinon ?2"])
    named = ["1", start, end, "anonymous", "Zoé Gneiss", ""]
    row[head.index(FR["weekly_hours", 1])] = ""
    values: list[object] = [*named, *row, "a;b;", "x"]
    values[6 + head.index(FR["weekly_hours", 1])] = 7.5
    sheet.append(values)
    row[head.index(FR["person_email", 0])] = ""
    sheet.append(["2", start, end, "anonymous", "", "", *row])
    book.save(tmp_path / "x.xlsx")
    parsed = read_form(tmp_path, (tmp_path / "x.xlsx").read_bytes())
    assert parsed.tool == "microsoft"
    assert column(parsed, "submitted_at") == [end]
    assert column(parsed, "person_email") == ["zoe@ardoise.example"]
    assert tasks(parsed)[0][-1] == 7.5
    assert extras(parsed) == {"Sinon ?": "a;b;", "Sinon ?2": "x"}
    assert reasons(parsed) == {3: "bad_weekly_hours"}


def test_nobody_named_is_said(tmp_path: Path) -> None:
    text = csv_of([["ID", "Completion time", "Email", "Name", FR["wish", 0]],
                   ["1", "2026-03-02 10:00", "anonymous", "", "x"]])  # fmt: skip
    assert reasons(read_form(tmp_path, text)) == {2: "missing_person"}


def test_typeform_keeps_no_network_id(tmp_path: Path) -> None:
    head = ["#", FR["person_email", 0], FR["is_champion_candidate", 0], "ChatGPT", "Other", "Other",
            "Start Date (UTC)", "Submit Date (UTC)", "Network ID", "User agent"]  # fmt: skip
    row = ["x", "a@a.example", "1", "ChatGPT", "", "Midjourney", "2026-03-02 09:00:00",
           "2026-03-02 09:05:00", "0a1b2c", "Mozilla/5.0"]  # fmt: skip
    parsed = read_form(tmp_path, csv_of([head, row]))
    assert (parsed.tool, column(parsed, "is_utc")) == ("typeform", [True])
    assert column(parsed, "is_champion_candidate") == [True]
    assert parsed.form_extras is not None
    assert parsed.form_extras.get_column("answer").to_list() == ["ChatGPT", "Midjourney"]


def test_what_is_never_stored_is_known_by_its_look_too(tmp_path: Path) -> None:
    head = ["Horodateur", FR["person_email", 0], "Poste", "Machine", "Où", "IP Address", "Latitude"]
    row = ["13/03/2026 10:00:00", "a@a.example", "192.168.1.7", "Mozilla/5.0 (X11)",
           "48.8566, 2.3522", "x", "48"]  # fmt: skip
    assert extras(read_form(tmp_path, csv_of([head, row]))) == {}


def test_typeform_api_answer(tmp_path: Path) -> None:
    content = {
        "fields": [{"id": "f1", "title": FR["label", 1]}, {"id": "f2", "ref": "h"}],
        "items": [
            {
                "submitted_at": "2026-03-02T09:05:00Z",
                "metadata": {"user_agent": "Mozilla/5.0", "network_id": "0a"},
                "hidden": {"email": "a@a.example"},
                "answers": [
                    {"field": {"id": "f1"}, "type": "text", "text": "Retouche"},
                    {"field": {"title": FR["weekly_hours", 1]}, "type": "number", "number": 3},
                    {"field": {"ref": "outils"}, "type": "choices",
                     "choices": {"labels": ["A", "B"]}},
                    {"field": {"title": FR["is_champion_candidate", 0]}, "type": "boolean",
                     "boolean": False},
                ],
            },
            {"submitted_at": "2026-03-03T09:05:00Z", "answers": None},
        ],
    }  # fmt: skip
    parsed = read_form(tmp_path, json.dumps(content))
    assert (parsed.tool, parsed.rows_in) == ("typeform", 2)
    assert tasks(parsed) == [(1, 1, "Retouche", None, 3.0)]
    assert column(parsed, "is_champion_candidate") == [False]
    assert extras(parsed) == {"outils": "A, B"}
    assert reasons(parsed) == {2: "missing_person"}
    for broken in ("{", "[1, 2]", '{"items": 3}', "[" * 100_000):
        assert read_form(tmp_path, broken).status is FileStatus.REFUSED


def test_tally(tmp_path: Path) -> None:
    head = ["Submission ID", "Respondent ID", "Submitted at", FR["person_email", 0], FR["wish", 0]]
    parsed = read_form(tmp_path, csv_of([head, ["a", "b", "2024-08-11 23:25:40", "a@a.example",
                                                "x"]]))  # fmt: skip
    assert (parsed.tool, column(parsed, "submitted_at")) == ("tally", [at("2024-08-11T23:25:40")])
    assert extras(parsed) == {}


LIME_CODES = ["id", "submitdate", "lastpage", "startlanguage", "ipaddr"]
LIME_TEXTS = ["Response ID", "Date submitted", "Last page", "Start language", "IP address"]
LIME_HEADS = {
    "codes": LIME_CODES,
    "codes and texts": [f"{c}. {t}" for c, t in zip(LIME_CODES, LIME_TEXTS, strict=True)],
    "texts": LIME_TEXTS,
    "French texts": ["ID de la réponse", "Date de soumission", "Dernière page",
                     "Langue de départ", "Adresse IP"],
}  # fmt: skip


@pytest.mark.parametrize("name", LIME_HEADS)
def test_limesurvey_incomplete_answers_are_no_data(tmp_path: Path, name: str) -> None:
    is_full = name == "codes and texts"
    questions = [FR["person_email", 0], FR["ai_familiarity", 0]]
    head = LIME_HEADS[name] + [
        f"G1Q{i}. {text}" if is_full else text for i, text in enumerate(questions)
    ]
    rows = [
        ["1", "2026-03-02 10:00:00", "3", "fr", "10.0.0.1", "a@a.example", "3"],
        ["2", "", "1", "fr", "10.0.0.2", "b@a.example", ""],
        ["3", "2026-03-02 10:00:00", "3", "fr", "", "c@a.example", "1 - Je n'ai jamais essayé"],
    ]
    parsed = read_form(tmp_path, csv_of([head, *rows]))
    assert parsed.tool == "limesurvey"
    assert parsed.non_data == {"header": 1, "incomplete": 1}
    assert column(parsed, "ai_familiarity") == [3, 1]
    assert extras(parsed) == {}


def test_limesurvey_without_time_stamps(tmp_path: Path) -> None:
    head = [*LIME_CODES, FR["person_email", 0], FR["wish", 0]]
    row = ["1", "1980-01-01 00:00:00", "3", "fr", "", "a@a.example", "moins"]
    parsed = read_form(tmp_path, csv_of([head, row]))
    assert (column(parsed, "submitted_at"), column(parsed, "wish")) == ([None], ["moins"])


def test_a_surveymonkey_export_cut_behind_its_first_row(tmp_path: Path) -> None:
    head = ["Respondent ID", "Collector ID", "Date Created", FR["person_email", 0], FR["wish", 0]]
    assert dict(read_form(tmp_path, csv_of([head])).non_data) == {"header": 1}


def test_typeform_answers_without_texts_are_held_with_their_codes(tmp_path: Path) -> None:
    answers = [
        {"field": {"id": "a1", "ref": "qui"}, "type": "email", "email": "a@a.example"},
        {"field": {"id": "b1", "ref": "quoi"}, "type": "text", "text": "Retouche"},
    ]
    content = json.dumps({"items": [{"submitted_at": "2026-03-02T09:05:00Z", "answers": answers}]})
    held = read_form(tmp_path, content)
    assert (held.status, held.tool, held.guess) == (FileStatus.HELD, "typeform", {"email": "qui"})
    rule = SourceRule("generic", layout="wide", columns={"email": "qui", "wish": "quoi"})
    assert column(read_form(tmp_path, content, rule), "wish") == ["Retouche"]


def test_surveymonkey_has_two_header_rows(tmp_path: Path) -> None:
    head = ["Respondent ID", "Collector ID", "Date Created", "Date Modified", "IP Address",
            "Email Address", "First Name", "Last Name", "Custom Data 1",
            FR["person_email", 0], "Vos outils", "", FR["wish", 0]]  # fmt: skip
    second = [""] * 9 + ["Réponse ouverte", "ChatGPT", "Autre", "Response"]
    row = ["1", "2", "03/13/2026 10:00:00", "03/13/2026 10:05:00", "10.0.0.1", "", "", "", "",
           "a@a.example", "ChatGPT", "Claude", "moins"]  # fmt: skip
    parsed = read_form(tmp_path, csv_of([head, second, row]))
    assert (parsed.tool, dict(parsed.non_data)) == ("surveymonkey", {"header": 2})
    assert column(parsed, "submitted_at") == [at("2026-03-13T10:05:00")]
    assert column(parsed, "wish") == ["moins"]
    assert extras(parsed) == {"Vos outils [ChatGPT]": "ChatGPT", "Vos outils [Autre]": "Claude"}


def test_qualtrics_has_three_header_rows(tmp_path: Path) -> None:
    codes = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate",
             "ResponseId", "LocationLatitude", "Q1", "Q2", "Q3"]  # fmt: skip
    texts = ["Date de début", "Date de fin", "Type", "Adresse IP", "Avancement", "Terminé",
             "Date", "ID", "Latitude", FR["person_email", 0], FR["wish", 0], "Autre"]  # fmt: skip
    ids = ['{"ImportId":"startDate","timeZone":"Europe/Paris"}'] + ['{"ImportId":"x"}'] * 11

    def row(finished: str) -> list[str]:
        return ["2026-03-02 10:00:00", "2026-03-02 10:05:00", "0", "10.0.0.1", "100", finished,
                "2026-03-02 10:05:01", "R_1", "48.85", "a@a.example", "moins", "x"]  # fmt: skip

    parsed = read_form(tmp_path, csv_of([codes, texts, ids, row("1"), row("False")]))
    assert (parsed.tool, dict(parsed.non_data)) == ("qualtrics", {"header": 3, "incomplete": 1})
    assert column(parsed, "submitted_at") == [at("2026-03-02T10:05:01")]
    assert column(parsed, "wish") == ["moins"]
    assert extras(parsed) == {"Autre": "x"}


def test_the_same_answer_twice_counts_once(tmp_path: Path) -> None:
    head = ["Horodateur", FR["person_email", 0], FR["label", 1], FR["weekly_hours", 1]]
    row = ["13/03/2026 10:00:00", "a@a.example", "T", "2"]
    parsed = read_form(tmp_path, csv_of([head, row, [*row[:3], "3"], row]))
    assert [task[-1] for task in tasks(parsed)] == [2, 3]
    assert parsed.non_data == {"header": 1, "repeated_row": 1}
