"""From files to raw tables: every row accounted for, nobody named, the same bytes again."""

import os
import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from ingestion.errors import InputError
from ingestion.snapshot import FileReport, Snapshot, check
from ingestion.tables import RAW_TABLES
from tests.ingestion_core.conftest import CONFIG, ROSTER, Engagement

HEAD = "person_email,person_name,worked_on,hours,label,tool_entry_id\n"
PAUL, INES = "paul.mica@atelier.example", "ines.feldspath@atelier.example"


def sheet(engagement: Engagement, name: str, *rows: str) -> None:
    text = HEAD + "".join(row + "\n" for row in rows)
    engagement.write(f"inbox/timesheets/{name}.csv", text)


def report(snapshot: Snapshot, name: str) -> FileReport:
    for file in snapshot.files:
        assert file.rows_in == (
            file.rows_loaded + file.rows_quarantined + file.rows_declared_non_data
        )
    return next(file for file in snapshot.files if file.path.endswith(name))


def parquet(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def test_all_tables_are_there_with_their_schema(engagement: Engagement) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7.5,Retouche,")
    folder = engagement.ingest().folder
    for table, schema in RAW_TABLES.items():
        assert pl.read_parquet_schema(folder / f"{table}.parquet").names() == schema.names
    (row,) = engagement.table("timesheet_entries")
    assert (row["hours"], row["row_number"], row["tool"]) == (7.5, 2, "toggl")


def test_unknown_people_are_kept_out_and_come_in_once_mended(engagement: Engagement) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7,a,", ",Léo Quartz,2026-01-05,6,a,",
          ",Zoé Gneiss,2026-01-05,5,a,")  # fmt: skip
    file = report(engagement.ingest(), "toggl.csv")
    assert (file.rows_loaded, file.hours) == (1, 7.0)
    assert file.reasons == {"ambiguous_person": 1, "unknown_person": 1}
    rows = engagement.table("quarantined_rows")
    assert [(row["row_number"], row["reason"]) for row in rows] == [
        (3, "unknown_person"), (4, "ambiguous_person"),
    ]  # fmt: skip
    engagement.write("roster.csv", ROSTER + "Léo Quartz,leo@a.example,creation,,,,,\n")
    assert report(engagement.ingest(), "toggl.csv").hours == 13.0


def test_a_day_over_24_hours_goes_whole_and_over_files(engagement: Engagement) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,20,a,", f"{PAUL},,2026-01-06,8,a,")
    sheet(engagement, "jira", f"{PAUL},,2026-01-05,4.5,b,", f"{INES},,2026-01-05,24,b,")
    snapshot = engagement.ingest()
    assert report(snapshot, "toggl.csv").reasons == {"day_over_24h": 1}
    assert report(snapshot, "jira.csv").reasons == {"day_over_24h": 1}
    assert report(snapshot, "jira.csv").hours == 24.0


def test_a_newer_export_replaces_the_person_in_its_period(engagement: Engagement) -> None:
    sheet(engagement, "toggl_export", f"{PAUL},,2026-01-05,7,Retouche,",
          f"{PAUL},,2026-01-08,3,Retouche,", f"{INES},,2026-01-06,7,Brief,",
          f"{PAUL},,2025-12-30,2,Retouche,")  # fmt: skip
    sheet(engagement, "toggl_export_v2", f"{PAUL},,2026-01-05,6.5,Retouche,",
          f"{PAUL},,2026-01-09,1,Retouche,")  # fmt: skip
    snapshot = engagement.ingest()
    old = report(snapshot, "toggl_export.csv")
    assert old.non_data == {"header": 1, "superseded_by_newer_export": 2}
    assert old.hours == 9.0
    assert report(snapshot, "toggl_export_v2.csv").hours == 7.5
    assert any("2 rows (10.0 h) replaced by" in warning for warning in snapshot.warnings)


def test_of_two_exports_of_the_same_days_the_later_name_is_newer(engagement: Engagement) -> None:
    sheet(engagement, "toggl_export_10", f"{PAUL},,2026-01-05,6,Retouche,")
    sheet(engagement, "toggl_export_9", f"{PAUL},,2026-01-05,7,Retouche,")
    assert [row["hours"] for row in engagement.table("timesheet_entries")] == [6.0]


def test_entries_with_an_id_are_taken_once_from_the_newest_export(engagement: Engagement) -> None:
    sheet(engagement, "jira_a", f"{PAUL},,2026-01-05,1,x,11", f"{PAUL},,2026-01-06,2,x,12")
    sheet(engagement, "jira_b", f"{PAUL},,2026-01-06,2.5,x,12", f"{PAUL},,2026-01-07,3,x,13",
          f"{PAUL},,2026-01-07,3.25,x,13")  # fmt: skip
    hours = sorted(row["hours"] for row in engagement.table("timesheet_entries"))
    assert hours == [1.0, 2.5, 3.25]


def test_the_same_content_twice_is_loaded_once(engagement: Engagement) -> None:
    sheet(engagement, "toggl_a", f"{PAUL},,2026-01-05,7,a,")
    sheet(engagement, "toggl_b", f"{PAUL},,2026-01-05,7,a,")
    snapshot = engagement.ingest()
    assert report(snapshot, "toggl_b.csv").non_data == {"same_content_as_another_file": 2}
    assert len(engagement.table("source_files")) == 1
    assert engagement.reader.read == ["toggl_a.csv"]


def test_the_same_work_from_two_tools_is_not_summed(engagement: Engagement) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,2.5,a,", f"{PAUL},,2026-01-05,2.5,b,",
          f"{PAUL},,2026-01-05,1,c,", f"{INES},,2026-01-05,1,c,")  # fmt: skip
    sheet(engagement, "harvest", f"{PAUL},,2026-01-05,2.5,A,", f"{PAUL},,2026-01-05,0.5,B,")
    snapshot = engagement.ingest()
    assert report(snapshot, "toggl.csv").hours == 7.0
    assert report(snapshot, "harvest.csv").reasons == {"same_work_two_tools": 1}
    assert any("another tool" in warning for warning in snapshot.warnings)


def test_forms_move_to_utc_keep_several_answers_and_drop_re_exports(
    engagement: Engagement,
) -> None:
    head = "person_email,submitted_at,is_utc,wish,task\n"
    first = f"{PAUL},2026-01-10T09:00:00,false,demander à Inès,Retouche de Paul Mica\n"
    engagement.write("inbox/forms/google_1.csv", head + first)
    later = f"{PAUL},2026-07-10T09:00:00,false,rien,Retouche\nx@y.example,2026-07-10T09:00:00,,,T\n"
    engagement.write("inbox/forms/google_2.csv", head + first + later)
    rows = engagement.table("form_responses")
    assert sorted(str(row["submitted_at"]) for row in rows) == [
        "2026-01-10 08:00:00", "2026-07-10 07:00:00",
    ]  # fmt: skip
    tasks = engagement.table("form_tasks")
    assert {row["response_id"] for row in tasks} == {row["response_id"] for row in rows}
    assert "Mica" not in str(tasks) and "Inès" not in str(rows)


def test_deliverables_find_their_team_and_are_not_counted_twice(engagement: Engagement) -> None:
    head = "delivered_on,team,label,units\n"
    rows = "2026-01-05,CREATION,Film,2\n2026-01-06,planning strategique,Reco,1\n"
    engagement.write("inbox/deliverables/a_q1.csv", head + rows + "2026-01-07,Créaton,Film,1\n")
    engagement.write("inbox/deliverables/a_q1_q2.csv", head + rows + "2026-04-07,creation,Film,3\n")
    check_report = check(engagement.folder, engagement.lake, engagement.vault, engagement.reader)
    assert "nearest is Création" in check_report.quarantined[0].mend
    snapshot = engagement.ingest()
    assert report(snapshot, "a_q1.csv").reasons == {"unknown_team": 1}
    units = Counter[str]()
    for row in engagement.table("deliverables"):
        units[str(row["team_id"])] += int(row["units"])
    assert units == {"creation": 5, "strategy": 1}


def test_nothing_in_lake_or_progress_names_anybody(engagement: Engagement) -> None:
    note = "vu avec P. Mica, Feldspath et paul.mica@atelier.example"
    sheet(engagement, "toggl Paul Mica", f'{PAUL},Paul Mica,2026-01-05,7,"{note}",',
          ",Inès Feldspat,2026-01-05,7,x,")  # fmt: skip
    engagement.write("inbox/transcripts/zoom_Paul Mica.csv", "speaker_name,text\nPaul Mica,oui\n")
    engagement.write("notes/answer.md", "Merci à Inès Feldspath.")
    engagement.write("decisions/tasks.csv", "task_id,task_name\nr,Retouche\n")
    engagement.write("decisions/task_map.csv", "source,label,task_id\nform,Point Feldspath,r\n")
    engagement.ingest()
    stored = b""
    for path in engagement.lake.rglob("*"):
        assert not re.search("mica|feldspat", str(path), re.I)
        if path.suffix == ".parquet" and path.stem not in ("people", "engagement"):
            stored += pl.read_parquet(path).write_json().encode()
        elif path.suffix == ".arrow":
            stored += pl.read_ipc(path).write_json().encode()
        elif path.is_file() and path.suffix != ".parquet":
            stored += path.read_bytes()
    stored += "".join(engagement.said).encode()
    assert not re.search("mica|feldspat|atelier.example", stored.decode(), re.I)
    (named,) = [row for row in engagement.table("people") if row["consented_name"]]
    assert named["consented_name"] == "Paul Mica"


def test_an_unchanged_folder_is_recognised_wherever_it_lies(
    engagement: Engagement, tmp_path: Path
) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7,a,")
    first = engagement.ingest()
    assert engagement.ingest() == replace(first, is_new=False)
    assert engagement.reader.read == ["toggl.csv"]
    other = Engagement(tmp_path / "elsewhere")
    shutil.copytree(engagement.folder, other.folder, dirs_exist_ok=True)
    os.utime(other.folder / "inbox/timesheets/toggl.csv", (1, 1))
    second = other.ingest()
    assert second.snapshot_id == first.snapshot_id
    same, differ = parquet(first.folder), parquet(second.folder)
    assert {name for name in same if same[name] != differ[name]} == {
        "people.parquet", "timesheet_entries.parquet",
    }  # fmt: skip
    for table in ("people", "timesheet_entries"):
        frames = [
            pl.read_parquet(s.folder / f"{table}.parquet").drop("person_id")
            for s in (first, second)
        ]
        assert frames[0].equals(frames[1])


def test_a_known_file_is_not_read_again_and_damage_is_said_and_mended(
    engagement: Engagement,
) -> None:
    sheet(engagement, "toggl_1", f"{PAUL},,2026-01-05,7,a,", ",Léo Quartz,2026-01-05,1,a,")
    before = engagement.table("timesheet_entries")
    sheet(engagement, "toggl_2", f"{INES},,2026-01-05,6,a,")
    engagement.ingest()
    assert engagement.reader.read == ["toggl_1.csv", "toggl_2.csv"]
    assert len(engagement.table("quarantined_rows")) == 1
    for path in (engagement.lake / "atelier-test" / "parsed").rglob("timesheet_entries.arrow"):
        path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)
    engagement.write("notes/answer.md", "neu")
    after = engagement.table("timesheet_entries")
    assert any("damaged" in line for line in engagement.said)
    assert len(engagement.reader.read) == 4
    assert before[0] in after and len(after) == 2


def test_a_damaged_snapshot_is_said_so_and_written_again(engagement: Engagement) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7,a,")
    first = engagement.ingest()
    good = parquet(first.folder)
    (first.folder / "teams.parquet").write_bytes(b"PAR1")
    (first.folder / "notes.parquet").unlink()
    assert engagement.ingest() == first
    assert any("damaged" in line for line in engagement.said)
    assert parquet(first.folder) == good


def test_what_a_killed_run_left_half_written_is_removed(engagement: Engagement) -> None:
    left = engagement.lake / "atelier-test" / "snapshots" / ".tmp-abc-1"
    left.mkdir(parents=True)
    (left / "turns.parquet").write_bytes(b"PAR")
    engagement.vault.mkdir()
    half, other = (engagement.vault / f".tmp-{name}.json-1" for name in ("atelier-test", "autre"))
    half.write_text("{")
    other.write_text("{")
    # A folder of snapshots with nothing whole in it tells of no vault.
    engagement.ingest()
    assert not left.exists() and not half.exists() and other.exists()


def test_check_writes_nothing_and_shows_row_and_mend(engagement: Engagement) -> None:
    sheet(engagement, "toggl", ",Paul Micat,2026-01-05,7,a,")
    before = sorted(engagement.folder.parent.parent.rglob("*"))
    found = check(engagement.folder, engagement.lake, engagement.vault, engagement.reader)
    assert sorted(engagement.folder.parent.parent.rglob("*")) == before
    (row,) = found.quarantined
    assert (row.path, row.line, row.reason) == ("timesheets/toggl.csv", 2, "unknown_person")
    assert "did you mean Paul Mica" in row.mend and "did you mean Paul Mica" in str(found)


def test_what_is_no_file_of_the_inbox_is_refused_or_held(engagement: Engagement) -> None:
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7,a,")
    engagement.write("inbox/loose.csv", "x")
    engagement.write("inbox/timesheets/half.csv.part", "x")
    engagement.write("inbox/timesheets/.DS_Store", "x")
    inbox = engagement.folder / "inbox" / "timesheets"
    (inbox / "link.csv").symlink_to("/etc/passwd")
    os.mkfifo(inbox / "pipe.csv")
    snapshot = engagement.ingest()
    status = {file.path.rpartition("/")[2]: file.status for file in snapshot.files}
    assert status == {
        "toggl.csv": "loadable", "loose.csv": "refused", "half.csv.part": "held",
        "link.csv": "refused", "pipe.csv": "refused",
    }  # fmt: skip
    assert engagement.reader.read == ["toggl.csv"]
    assert len(engagement.table("source_files")) == 5


def test_no_inbox_at_all(engagement: Engagement) -> None:
    assert engagement.ingest().files == []


TALK = """\
speaker_name,text
Claire Boussole,Comment travaillez-vous ?
Paul Mica,"Je prends le brief d'Inès, puis je décline. Claire Boussole le sait."
Claire Boussole,Et ensuite ? Combien de temps ?
Paul Mica,Trois heures.
"""


def test_a_transcript_without_phase_is_held_with_the_line_to_add(engagement: Engagement) -> None:
    engagement.write("inbox/transcripts/zoom_long.csv", TALK)
    file = report(engagement.ingest(), "zoom_long.csv")
    assert file.status == "held" and file.rows_loaded == 0
    assert '- {file: "zoom_long.csv", phase: immersion' in file.reason
    assert file.reasons == {"missing_phase": 4}
    assert (file.turns, file.speakers) == (4, 2), "what the file holds is shown all the same"
    assert engagement.table("turns") == []


def test_speakers_become_roles_and_who_asks_is_the_interviewer(engagement: Engagement) -> None:
    engagement.write("inbox/transcripts/zoom_long.csv", TALK)
    engagement.write("inbox/transcripts/zoom_long.csv.yaml", "phase: équipes\ndate: 2026-02-03\n")
    (document,) = engagement.table("transcripts")
    assert (document["phase"], document["team_id"]) == ("immersion", "creation")
    assert (document["role"], document["speakers_count"]) == ("Directeur artistique", 2)
    turns = engagement.table("turns")
    assert [turn["speaker"] for turn in turns] == ["interviewer", "Directeur artistique"] * 2
    assert [turn["is_interviewer"] for turn in turns] == [True, False] * 2
    assert turns[0]["person_id"] is None and turns[1]["person_id"] is not None
    assert "Boussole" not in str(turns) and "Inès" not in str(turns)


def test_names_of_people_off_the_roster_go_from_the_texts_of_all_files(
    engagement: Engagement,
) -> None:
    said = "Sigismond Bretelle passe quatre heures sur le planning. Bretelle relit le studio."
    talk = f'speaker_name,text\nPaul Mica,"{said}"\nClaire Boussole,Bien ?\n'
    engagement.write("inbox/transcripts/zoom.csv", talk)
    engagement.write("inbox/transcripts/zoom.csv.yaml", "phase: immersion\n")
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7,Studio avec claire boussole,")
    engagement.ingest()
    sheet(engagement, "jira", f"{INES},,2026-01-05,7,Point Bretelle,",
          ",BRETELLE Sigismond,2026-01-05,7,x,", ",Compte Studio,2026-01-05,7,x,")  # fmt: skip
    later = engagement.ingest()
    turns = engagement.table("turns", later)
    assert turns[0]["text"] == (
        "[personne] passe quatre heures sur le planning. [personne] relit le studio."
    )
    labels = {row["label"] for row in engagement.table("timesheet_entries", later)}
    assert labels == {"Studio avec [personne]", "Point [personne]"}
    for path in engagement.lake.rglob("meta.json"):
        assert "retelle" not in path.read_text()
    # What was read before and what is read afresh come out the same.
    tables = parquet(later.folder)
    shutil.rmtree(engagement.lake / "atelier-test" / "parsed")
    shutil.rmtree(later.folder)
    assert parquet(engagement.ingest().folder) == tables


def test_declared_speakers_and_sidecar_over_config(engagement: Engagement) -> None:
    talk = "speaker_name,text\nHélène Onyx,Ma priorité ?\nHélène Onyx,La marge.\nC. B.,Bien.\n"
    engagement.write("inbox/transcripts/zoom_comex.csv", talk)
    sheet(engagement, "toggl", f"{PAUL},,2026-01-05,7,Point avec Hélène Onyx,")
    rules = """\
sources:
  transcripts:
    - {match: "zoom_*", phase: 2, date: 2026-01-01, speakers: {Helene ONYX: {role: Présidente}}}
"""
    engagement.write("engagement.yaml", CONFIG + rules)
    engagement.write("inbox/transcripts/zoom_comex.csv.yaml", "phase: comex\nquote_consent: true\n")
    (document,) = engagement.table("transcripts")
    assert (document["phase"], str(document["interviewed_on"])) == ("alignment", "2026-01-01")
    assert (document["role"], document["team_id"]) == ("Présidente", None)
    assert document["has_quote_consent"] is True
    assert [turn["speaker"] for turn in engagement.table("turns")] == [
        "Présidente", "Présidente", "speaker 1",
    ]  # fmt: skip
    assert engagement.table("timesheet_entries")[0]["label"] == "Point avec [Présidente]"


def test_a_speaker_mapped_to_nobody_is_an_error(engagement: Engagement) -> None:
    engagement.write("inbox/transcripts/zoom.csv", TALK)
    engagement.write(
        "inbox/transcripts/zoom.csv.yaml",
        "phase: 3\nspeakers: {Paul: paul.micca@atelier.example}\n",
    )
    with pytest.raises(InputError, match=r"nearest is paul\.mica@atelier\.example"):
        engagement.ingest()
