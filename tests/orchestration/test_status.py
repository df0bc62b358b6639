"""`jalon status`: every engagement has its line, whatever the state of another."""

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingestion.scaffold import new_engagement
from orchestration.cli import app
from orchestration.paths import Home
from orchestration.status import all_statuses

DEMO = "belle-ardoise"


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Home:
    """The published demo, a closed engagement and one that was never run."""
    for part in ("engagements", "published"):
        shutil.copytree(demo_home / part, tmp_path / part, symlinks=True)
    home = Home(tmp_path)
    for name in ("granit", "onyx"):
        new_engagement(home.engagement(name), name)
    config = home.engagement("onyx") / "engagement.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "\nstatus: closed\n", encoding="utf-8")
    return home


def test_age_rows_and_decisions_are_those_of_the_last_publication(home: Home) -> None:
    published = home.published(DEMO)
    month = (published / "current").read_text(encoding="utf-8").strip()
    manifest = json.loads((published / month / "manifest.json").read_text(encoding="utf-8"))
    later = datetime.fromisoformat(manifest["published_at"]) + timedelta(days=12, hours=3)
    demo, granit, onyx = all_statuses(home, later)
    assert (demo.month, demo.build_id, demo.age_days) == (month, manifest["build_id"], 12)
    assert demo.rows_quarantined == manifest["rows_quarantined"] > 0
    assert demo.decisions_waiting_count == sum(demo.decisions_waiting.values()) > 0
    assert (granit.month, granit.is_active) == (None, True)
    assert (onyx.month, onyx.is_active) == (None, False)


def test_a_damaged_publication_spoils_its_own_line_only(home: Home) -> None:
    build = next((home.published(DEMO) / ".builds").iterdir())
    build.chmod(0o755)
    (build / "manifest.json").unlink()
    demo, granit, _ = all_statuses(home, datetime.now(UTC))
    assert demo.problem and "jalon run belle-ardoise" in demo.problem
    assert granit.problem is None


def test_json_has_the_same_for_machines(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_HOME", str(home.root))
    lines = json.loads(CliRunner().invoke(app, ["status", "--json"]).stdout)
    assert [line["engagement"] for line in lines] == [DEMO, "granit", "onyx"]
    demo = lines[0]
    assert demo["decisions_waiting_count"] == sum(demo["decisions_waiting"].values())
    told = CliRunner().invoke(app, ["status"]).stdout
    assert f"{DEMO}: {demo['month']}, build {demo['build_id']}" in told
    assert "onyx (closed): never published" in told
