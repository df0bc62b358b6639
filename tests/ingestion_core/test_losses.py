"""What a newer export or a vanished file takes away is said, with the hours before and after."""

import pytest

from ingestion.snapshot import Snapshot, check, ingest
from tests.ingestion_core.conftest import Engagement

HEAD = (
    "Description,Billable,Duration,Member,Email,Project,Tags,Start date,Start time,Stop date,"
    "Stop time"
)
PAUL, INES = "paul.mica", "ines.feldspath"
OLD, NEW = "timesheets/mars.csv", "timesheets/mars_v2.csv"


def export(engagement: Engagement, name: str, *rows: tuple[str, int, int], end: str = "") -> None:
    """A Toggl export of March: who, day, hours; `end` is written below."""
    lines = [
        f"Logo,-,0{hours}:00:00,X,{who}@atelier.example,-,-,2026-03-{day:02},09:00:00,"
        f"2026-03-{day:02},{9 + hours:02}:00:00"
        for who, day, hours in rows
    ]
    engagement.write(f"inbox/timesheets/{name}.csv", "\n".join([HEAD, *lines]) + "\n" + end)


def warnings(engagement: Engagement) -> list[str]:
    found = check(engagement.folder, engagement.lake, engagement.vault).warnings
    return [warning for warning in found if "headcount" not in warning]


def losses(engagement: Engagement) -> list[str]:
    return ingest(engagement.folder, engagement.lake, engagement.vault).losses


MARCH = [(PAUL, 2, 7), (PAUL, 3, 8), (INES, 2, 6), (INES, 3, 5)]


def test_a_partial_export_is_named_with_the_hours_it_takes_away(engagement: Engagement) -> None:
    export(engagement, "mars", *MARCH)
    export(engagement, "mars_v2", (PAUL, 2, 7), (PAUL, 3, 2), (PAUL, 4, 1))
    (warning,) = warnings(engagement)
    assert warning == (
        f"{OLD}: 2 rows (15.0 h) replaced by {NEW}, whose rows of the same period hold 9.0 h; "
        f"if {NEW} is not a whole export, take it out of the inbox"
    )


def test_a_loss_is_kept_without_the_names_of_files(engagement: Engagement) -> None:
    export(engagement, "Paul Mica", *MARCH)
    export(engagement, "Paul Mica 2", *MARCH[:1], (PAUL, 3, 1))
    (loss,) = losses(engagement)
    assert "2 rows (15.0 h) replaced by timesheets/" in loss
    assert "Mica" not in loss
    assert losses(engagement) == [loss], "also of a snapshot that is there already"


def test_a_cut_row_at_the_end_is_said_in_the_same_breath(engagement: Engagement) -> None:
    export(engagement, "mars", *MARCH)
    export(engagement, "mars_v2", *MARCH[:3], end="Logo,-,05:00:00,X,ines.feld")
    (warning,) = warnings(engagement)
    # Inès' second day is what the cut took; the newer file's period holds both.
    assert f"(26.0 h) replaced by {NEW}, whose rows of the same period hold 21.0 h" in warning
    assert f"the last row of {NEW} is cut: export it again, or take it out of the inbox" in warning


@pytest.mark.parametrize("more", [0, 2])
def test_an_export_that_holds_as_much_is_no_loss(engagement: Engagement, more: int) -> None:
    export(engagement, "mars", *MARCH)
    export(engagement, "mars_v2", (PAUL, 2, 7 + more), *MARCH[1:], (PAUL, 4, 1))
    (warning,) = warnings(engagement)
    assert warning.endswith(f"{NEW}, whose rows of the same period hold {26 + more}.0 h")
    assert losses(engagement) == []


def test_each_row_is_counted_to_the_newest_file_that_replaces_it(engagement: Engagement) -> None:
    export(engagement, "a", (PAUL, 2, 7), (PAUL, 3, 8), (PAUL, 9, 6))
    export(engagement, "b", (PAUL, 2, 7), (PAUL, 3, 4), (PAUL, 9, 6), (PAUL, 10, 1))
    export(engagement, "c", (PAUL, 9, 3), (PAUL, 10, 1), (PAUL, 11, 1))
    told = [warning.partition(";")[0] for warning in warnings(engagement)]
    what = "rows of the same period hold"
    assert told == [
        f"timesheets/a.csv: 2 rows (15.0 h) replaced by timesheets/b.csv, whose {what} 11.0 h",
        f"timesheets/a.csv: 1 row (6.0 h) replaced by timesheets/c.csv, whose {what} 3.0 h",
        f"timesheets/b.csv: 2 rows (7.0 h) replaced by timesheets/c.csv, whose {what} 4.0 h",
    ]


def test_many_newer_exports_that_hold_as_much_make_one_line(engagement: Engagement) -> None:
    export(engagement, "a", (PAUL, 2, 7), (INES, 2, 6))
    export(engagement, "b", (PAUL, 2, 7), (PAUL, 3, 8))
    export(engagement, "c", (INES, 2, 6), (INES, 4, 5))
    (warning,) = warnings(engagement)
    assert warning.endswith(
        "2 rows (13.0 h) replaced by 2 newer exports, whose rows of the same period hold 13.0 h"
    )


def test_exports_that_complete_each_other_are_told_from_newer_ones(engagement: Engagement) -> None:
    export(engagement, "site", (PAUL, 3, 7), (PAUL, 5, 6))
    export(engagement, "film", (PAUL, 2, 1), (PAUL, 6, 2))
    (warning,) = warnings(engagement)
    assert "hold 0.0 h and none on the same days" in warning
    assert "join them in one file" in warning


def gone(engagement: Engagement, before: Snapshot) -> list[str]:
    found = check(engagement.folder, engagement.lake, engagement.vault, before=before.folder)
    return [warning for warning in found.warnings if "loaded last time" in warning]


def loaded(engagement: Engagement) -> Snapshot:
    return ingest(engagement.folder, engagement.lake, engagement.vault)


def test_a_file_that_vanished_is_told_by_tool_and_period(engagement: Engagement) -> None:
    export(engagement, "Paul Mica", *MARCH)
    export(engagement, "avril", (PAUL, 20, 7))
    before = loaded(engagement)
    (engagement.folder / "inbox/timesheets/Paul Mica.csv").unlink()
    (warning,) = gone(engagement, before)
    assert "(toggl, 2026-03-02 to 2026-03-03), loaded last time with 4 rows (26.0 h)" in warning
    assert "files of that tool and period now hold 0.0 h, 26.0 h before; put it back" in warning
    assert "Mica" not in warning
    assert gone(engagement, loaded(engagement)) == []


def test_renamed_files_and_better_ones_in_their_place_are_not_missed(
    engagement: Engagement,
) -> None:
    export(engagement, "mars", *MARCH)
    export(engagement, "mars_v2", *MARCH)  # the same bytes
    before = loaded(engagement)
    inbox = engagement.folder / "inbox" / "timesheets"
    (inbox / "mars_v2.csv").unlink()
    (inbox / "mars.csv").rename(inbox / "Q1.csv")
    assert gone(engagement, before) == []
    export(engagement, "Q1", *MARCH, (INES, 4, 2))
    assert gone(engagement, before) == [], "overwritten by more"
    export(engagement, "Q1", *MARCH[:2])
    (warning,) = gone(engagement, before)
    assert "now hold 15.0 h, 26.0 h before" in warning, "overwritten by less"


def test_taking_out_an_export_that_replaced_more_is_no_loss(engagement: Engagement) -> None:
    export(engagement, "mars", *MARCH)
    export(engagement, "mars_v2", *MARCH[:1], (PAUL, 3, 1))
    before = loaded(engagement)
    (engagement.folder / "inbox/timesheets/mars_v2.csv").unlink()
    assert gone(engagement, before) == []


def test_a_vanished_transcript_is_told_by_its_turns(engagement: Engagement) -> None:
    talk = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Paul Mica>Oui.\n"
    path = engagement.write("inbox/transcripts/Paul.vtt", talk)
    sidecar = engagement.write("inbox/transcripts/Paul.vtt.yaml", "phase: 3\ndate: 2026-02-03\n")
    before = loaded(engagement)
    path.unlink()
    sidecar.unlink()
    (warning,) = gone(engagement, before)
    assert "2026-02-03), loaded last time with 1 row, is no longer" in warning


def test_of_a_snapshot_that_cannot_be_read_nothing_is_missed(engagement: Engagement) -> None:
    export(engagement, "mars", *MARCH)
    before = loaded(engagement)
    (engagement.folder / "inbox/timesheets/mars.csv").unlink()
    (before.folder / "source_files.parquet").write_bytes(b"PAR1")
    assert gone(engagement, before) == []


def test_a_decision_on_a_label_that_no_file_holds_is_said(engagement: Engagement) -> None:
    export(engagement, "mars", *MARCH)
    engagement.write("decisions/tasks.csv", "task_id,task_name\nlogo,Logo\n")
    head = "source,label,task_id\n"
    engagement.write(
        "decisions/task_map.csv", head + "timesheet,LOGO,logo\ninterview,le logo,logo\n"
    )
    assert warnings(engagement) == []
    engagement.write("decisions/task_map.csv", head + "timesheet,Logos,logo\nform,Logo,logo\n")
    (warning,) = warnings(engagement)
    assert "no file holds timesheet «Logos», form «Logo»; correct the spelling" in warning
