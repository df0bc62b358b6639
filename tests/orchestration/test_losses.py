"""A run says what its inputs have less of than before, once per change, without names of files."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.flow import Flow
from orchestration.paths import Home
from orchestration.progress import Progress
from tests.ingestion_core.conftest import CONFIG, ROSTER

HEAD = "Description,Duration,Member,Email,Start date,Start time,Stop date,Stop time\n"


class Inputs:
    """An engagement, and what a refresh of its inputs says in warning."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root)
        self.folder = self.home.engagement("atelier-test")
        self.inbox = self.folder / "inbox" / "timesheets"
        self.inbox.mkdir(parents=True)
        (self.folder / "engagement.yaml").write_text(CONFIG, encoding="utf-8")
        (self.folder / "roster.csv").write_text(ROSTER, encoding="utf-8")

    def export(self, name: str, month: int, *hours: int) -> None:
        rows = [
            f"Retouche,0{worked}:00:00,X,paul.mica@atelier.example,2026-{month:02}-{day},09:00:00,"
            f"2026-{month:02}-{day},{9 + worked:02}:00:00\n"
            for day, worked in enumerate(hours, 13)
        ]
        (self.inbox / name).write_text(HEAD + "".join(rows), encoding="utf-8")

    def warnings(self) -> list[str]:
        told = []

        def say(text: str, **fields: Any) -> None:
            if fields.get("level") == "warning":
                told.append(text.strip())

        Flow(self.home, "atelier-test", Progress(say)).refresh()
        return told


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Inputs:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    return Inputs(tmp_path)


def test_a_newer_export_with_fewer_hours_is_warned_of_once(inputs: Inputs) -> None:
    inputs.export("Paul Mica.csv", 1, 7, 7)
    assert inputs.warnings() == []
    inputs.export("Paul Mica 2.csv", 1, 7, 2)
    (warning,) = inputs.warnings()
    assert "2 rows (14.0 h) replaced by timesheets/" in warning
    assert "hold 9.0 h" in warning and "Mica" not in warning
    assert inputs.warnings() == []
    inputs.export("other month.csv", 2, 7)
    assert inputs.warnings() == [warning], "as the inputs have changed and it still holds"


def test_a_file_that_vanished_is_warned_of_once(inputs: Inputs) -> None:
    inputs.export("Paul Mica.csv", 1, 7, 7)
    inputs.export("fevrier.csv", 2, 7)
    assert inputs.warnings() == []
    away = (inputs.inbox / "Paul Mica.csv").rename(inputs.folder.parent / "away.csv")
    told = CliRunner().invoke(app, ["check", "atelier-test"]).stdout
    (warning,) = inputs.warnings()
    assert "(toggl, 2026-01-13 to 2026-01-14), loaded last time with 2 rows (14.0 h)" in warning
    assert warning.removeprefix("warning: ") in told
    assert "loaded last time" not in CliRunner().invoke(app, ["check", "atelier-test"]).stdout
    assert inputs.warnings() == []
    away.rename(inputs.inbox / "janvier.csv")
    assert inputs.warnings() == []
    (inputs.inbox / "janvier.csv").unlink()
    assert inputs.warnings() == [warning], "though these inputs were read before"
