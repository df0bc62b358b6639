"""Old work files go, whatever a publication, a plan or the last look at the inputs names stays."""

import json
import os
import time
from pathlib import Path

import pytest

from orchestration.clean_up import clean_up
from orchestration.paths import Home

LONG_AGO = time.time() - 30 * 24 * 3600


def folder(path: Path, when: float = LONG_AGO) -> Path:
    path.mkdir(parents=True)
    (path / "content").write_text("x")
    os.utime(path, (when, when))
    return path


def note(path: Path, **ids: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(ids))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_only_what_nothing_names_goes_after_a_week(home: Home) -> None:
    snapshots = home.lake / "basalte" / "snapshots"
    note(home.published("basalte") / ".builds" / "b1" / "manifest.json", snapshot_id="s1")
    note(home.work / "plans" / "basalte" / "2026-05.json", snapshot_id="s2", enrichment_id="e2")
    note(home.work / "inputs" / "basalte.json", state="x", snapshot_id="s3")
    kept = [
        *(folder(snapshots / name) for name in ("s1", "s2", "s3")),
        folder(snapshots / "s4", time.time()),
        folder(home.enrichment("basalte", "e2")),
        folder(home.build("basalte", "b1")),
        folder(home.build("granit", "b9")),
    ]
    gone = [
        folder(snapshots / "s5"),
        folder(home.enrichment("basalte", "e5")),
        folder(home.build("basalte", "b5")),
    ]
    assert clean_up(home, "basalte") == len(gone)
    assert all((path / "content").exists() for path in kept)
    assert not any(path.exists() for path in gone)


def test_nothing_goes_while_a_manifest_cannot_be_read(home: Home) -> None:
    old = folder(home.build("basalte", "b5"))
    manifest = home.published("basalte") / ".builds" / "b1" / "manifest.json"
    note(manifest)
    manifest.write_text("{")
    assert clean_up(home, "basalte") == 0
    assert old.exists()
