"""Lines of the log name nobody, for people and for machines."""

import json
from pathlib import Path

import pytest

from orchestration import logs
from orchestration.progress import UNCHANGED, Progress
from tests.commands.test_messages import ROSTER

ACCENTED = "Zoé Grès,z@cailloux.example,creation,Graphiste\n"
PLANTED = "mica PAUL of Paul Mica, paul.mica@cailloux.example and x@elsewhere.example"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An engagement whose roster holds one person; its config is broken, as when one needs logs."""
    folder = tmp_path / "engagements" / "les-cailloux"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text("no: config\n", encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER + ACCENTED, encoding="utf-8")
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    monkeypatch.delenv("JALON_LOG", raising=False)
    return tmp_path


def test_lines_are_for_people_unless_asked_otherwise(capsys: pytest.CaptureFixture[str]) -> None:
    logs.write(f"  row 3: {PLANTED}", stage="dbt")
    assert capsys.readouterr().err == (
        f"  row 3: {logs.MASK} of {logs.MASK}, {logs.MASK} and {logs.MASK}\n"
    )


def test_lines_for_machines_are_json_with_what_they_are_about(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_LOG", "json")
    with logs.about(engagement="les-cailloux"), Progress(logs.write).stage("dbt") as notes:
        notes += [PLANTED, "Zoé Grès"]
    logs.relay('{"message": "of another process"}\nplain')
    stage, relayed, plain = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (stage["engagement"], stage["stage"], stage["level"]) == ("les-cailloux", "dbt", "info")
    assert not any(name in str(stage) for name in ("Paul", "Zoé")) and logs.MASK in stage["message"]
    assert relayed == {"message": "of another process"}
    assert plain["message"] == "plain" and "engagement" not in plain


def test_an_error_loses_its_names_and_keeps_its_type() -> None:
    with pytest.raises(ValueError, match=r"row 3: \[person\]") as caught, Progress().stage("gate"):
        try:
            raise KeyError("Paul Mica")
        except KeyError as cause:
            raise ValueError("row 3: Paul Mica") from cause
    assert caught.value.__cause__ is not None
    assert "Paul" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_a_stage_that_found_its_work_done_is_a_hint() -> None:
    lines: list[str] = []
    hints: list[str] = []
    progress = Progress(lambda text, **_: lines.append(text), hints.append)
    for note in ("read", UNCHANGED):
        with progress.stage("ingestion") as notes:
            notes.append(note)
    assert [len(lines), len(hints)] == [1, 1]
    assert "read" in lines[0] and UNCHANGED in hints[0]
