"""The folder is complete, the same each time, and every bit of dirt ends where it should."""

import csv
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from demo.forms import question_texts
from demo.generate import write_engagement
from demo.people import load
from demo.transcripts import read_interviews
from ingestion.parsed import FileKind, FileStatus
from ingestion.questionnaire import CATEGORIES, FAMILIARITY, FREQUENCY, QUESTIONS, SATISFACTION
from ingestion.roster import headcount_warnings
from tests.demo.conftest import Demo


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_same_seed_same_bytes_other_seed_other_hours(demo: Demo, tmp_path: Path) -> None:
    write_engagement(tmp_path / "again")
    write_engagement(tmp_path / "other", seed=1)
    first, again = _digests(demo.folder), _digests(tmp_path / "again")
    assert first == again
    other = _digests(tmp_path / "other")
    assert other.keys() == first.keys()
    timesheet = "inbox/timesheets/harvest_time_report_2026-T1.csv"
    assert other[timesheet] != first[timesheet]


def test_writing_again_into_the_same_folder_changes_nothing(tmp_path: Path) -> None:
    write_engagement(tmp_path)
    before = _digests(tmp_path)
    write_engagement(tmp_path)
    assert _digests(tmp_path) == before


def test_config_and_roster_are_those_of_the_cast(demo: Demo) -> None:
    agency = load("agency.yaml")
    settings = demo.config.settings
    assert {k: t.model_dump() for k, t in settings.teams.items()} == agency["teams"]
    assert headcount_warnings(demo.roster, demo.config) == []
    assert len({p.email for p in demo.roster}) == len(demo.roster) == 53
    assert sum(p.left_on is not None for p in demo.roster) == 1
    assert {r["task_id"] for r in demo.decisions.tables["decision_tasks"]} == set(agency["tasks"])
    for task in demo.decisions.tables["decision_tasks"]:
        assert task["task_name"] == agency["tasks"][task["task_id"]]["name"]


def test_project_hours_are_a_plausible_share_of_capacity(demo: Demo) -> None:
    settings = demo.config.settings
    for key, team in settings.teams.items():
        sold = sum(p.annual_volume * p.hours.get(key, 0) for p in settings.project_types.values())
        assert 0.5 < sold / (team.headcount * 35 * 44) < 0.8, key


def test_form_asks_the_questions_of_the_questionnaire() -> None:
    form = load("form.yaml")
    assert question_texts(form) == [q.fr for q in QUESTIONS]
    assert set(form["categories"].items()) <= {(o.value, o.fr) for o in CATEGORIES}
    for key, options in (
        ("satisfaction", SATISFACTION), ("familiarity", FAMILIARITY), ("frequency", FREQUENCY),
    ):  # fmt: skip
        assert form[key] == [o.fr for o in options]


def test_forms_reach_most_of_each_team_and_people_overshoot(demo: Demo) -> None:
    team_of = {p.email: p.team for p in demo.roster}
    contract = {p.email: p.weekly_hours or 35.0 for p in demo.roster}
    heard: dict[str, float] = {}
    emails: list[str] = []
    for file in demo.files[FileKind.FORM].values():
        assert file.status is FileStatus.LOADABLE and not file.quarantined
        assert file.rows is not None and file.form_tasks is not None
        joined = file.rows.join(file.form_tasks, on="row_number")
        emails += file.rows["person_email"].to_list()
        for (email, _), answer in joined.group_by("person_email", "row_number"):
            heard[str(email)] = float(answer["weekly_hours"].sum()) / contract[str(email)]
    assert sorted(Counter(emails).values())[-2:] == [1, 2], "one person answered twice"
    respondents = Counter(team_of[email] for email in heard)
    rates = {k: respondents[k] / t.headcount for k, t in demo.config.settings.teams.items()}
    assert all(0.8 <= rate <= 0.95 for rate in rates.values()), rates
    assert min(rates, key=lambda k: rates[k]) == "strategie"
    assert min(respondents.values()) >= 5, "a team below min_group would be merged away"
    assert 1.03 < sum(heard.values()) / len(heard) < 1.12


def test_renamed_question_is_kept_as_extra_answers(demo: Demo) -> None:
    google = next(f for f in demo.files[FileKind.FORM].values() if f.tool == "google")
    assert google.form_extras is not None
    assert set(google.form_extras["question"]) == {load("form.yaml")["old_wish"]}
    assert google.form_extras.height == 12


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("notes_de_frais.csv", FileStatus.HELD, "no known tool"),
        ("Toggl_time_entries_2026-10-01_to_2026-10-31.csv", FileStatus.REFUSED, "empty"),
    ],
)
def test_files_that_are_no_timesheet_are_kept_out(
    demo: Demo, name: str, status: FileStatus, reason: str
) -> None:
    file = demo.files[FileKind.TIMESHEET][name]
    assert file.status is status
    assert reason in file.reason


def test_dirty_rows_are_quarantined_or_declared(demo: Demo) -> None:
    quarantined: Counter[str] = Counter()
    non_data: Counter[str] = Counter()
    tools: Counter[str] = Counter()
    for file in demo.files[FileKind.TIMESHEET].values():
        quarantined.update(q.reason for q in file.quarantined)
        non_data.update(file.non_data)
        tools[file.tool] += file.status is FileStatus.LOADABLE
        loaded = 0 if file.rows is None else file.rows.height
        assert file.rows_in == loaded + len(file.quarantined) + sum(file.non_data.values())
    assert sum(quarantined.values()) == 2, quarantined
    assert non_data["blank"] == 2
    assert non_data["total"] == 4
    assert tools["toggl"] == 13 and tools["harvest"] == 4


def test_intern_is_on_no_roster_and_the_re_export_differs_by_one_entry(demo: Demo) -> None:
    unknown = demo.entries().filter(demo.entries()["team"].is_null())
    assert set(unknown["person_name"]) == {load("workload.yaml")["intern"]}
    folder = demo.folder / "inbox" / "timesheets"
    stem = "Toggl_time_entries_2025-11-01_to_2025-11-30"
    old, new = ((folder / f"{stem}{end}.csv") for end in ("", " (1)"))
    lines = [p.read_text("utf-8-sig").splitlines() for p in (old, new)]
    assert sum(a != b for a, b in zip(*lines, strict=True)) == 1
    assert old.stat().st_mtime < new.stat().st_mtime


def test_a_few_labels_are_left_to_the_review(demo: Demo) -> None:
    entries = demo.entries()
    unmapped = entries.filter(entries["task"].is_null())
    workload = load("workload.yaml")
    expected = {*workload["unmapped_labels"], *workload["unreviewed_labels"]}
    assert set(unmapped["label"].str.replace_all("\u00a0", " ")) == expected
    assert 0 < unmapped["hours"].sum() / entries["hours"].sum() < 0.05
    assert demo.deliveries()["task"].null_count() == 0


def test_hours_of_a_year_are_those_of_a_french_contract(demo: Demo) -> None:
    entries = demo.entries()
    worked = entries.filter(entries["task"].is_null() | (entries["task"] != "absence"))
    full_time = [p for p in demo.roster if not (p.weekly_hours or p.started_on or p.left_on)]
    keys = {p.email for p in full_time} | {p.name for p in full_time}
    mine = worked.filter(worked["person"].is_in(keys))
    assert 1450 < mine["hours"].sum() / len(full_time) < 1650
    days = mine.select("person", "worked_on").unique().height
    assert 200 < days / len(full_time) < 225
    holidays = load("workload.yaml")["calendar"]["public_holidays"]
    assert mine.filter(mine["worked_on"].is_in(holidays)).height == 0


def test_every_interview_is_read_back_word_for_word(demo: Demo) -> None:
    interviews = read_interviews()
    assert len(interviews) >= 12
    assert {i.shape for i in interviews} == {"zoom_vtt", "teams_docx", "text"}
    assert {i.phase for i in interviews} == {"alignment", "deep_dive", "immersion"}
    for interview in interviews:
        file = demo.files[FileKind.TRANSCRIPT][interview.file_name]
        assert file.status is FileStatus.LOADABLE and file.rows is not None, interview.file_name
        read = list(file.rows.select("speaker_name", "text").iter_rows())
        assert read == [(t.speaker, " ".join(t.text.split())) for t in interview.turns]


def test_scores_hold_a_disagreement_a_gap_and_something_immediate(demo: Demo) -> None:
    marks: dict[tuple[str, str], list[float]] = {}
    for row in demo.decisions.tables["decision_scores"]:
        marks.setdefault((row["task_id"], row["criterion"]), []).append(row["score"])
    assert any(max(values) - min(values) >= 2 for values in marks.values())
    assert ("devis_facturation", "data") not in marks
    ease = {c: marks["compte_rendu_reunion", c] for c in ("solution", "integration", "risk")}
    assert ease["solution"] == ease["integration"] == [5, 5] and min(ease["risk"]) >= 4
    with (demo.folder / "decisions" / "tasks.csv").open(encoding="utf-8") as file:
        tasks = {row["task_id"]: row for row in csv.DictReader(file)}
    assert tasks["compte_rendu_reunion"]["training_hours"] == "0"
