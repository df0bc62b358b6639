"""What readers of publications rely on: whole, gated, immutable, the right one current."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reports.errors import PublicationError
from reports.publication import point_month, publish, published_months, read_manifest
from tests.publication.builds import build_with, values, write_verdict


def test_a_publication_holds_the_same_rows_as_duckdb_and_parquet(tmp_path: Path) -> None:
    published = tmp_path / "published"
    publish(build_with(tmp_path / "b", 7, "aaaa"), published, "2026-01", "aaaa", {"inputs": []})
    assert values(published, "2026-01") == {7}
    manifest = read_manifest(published, "aaaa")
    assert manifest["tables"]["dim_a"]["rows_count"] == 5000
    assert (published / "current").read_text().strip() == "2026-01"
    modes = {p.stat().st_mode & 0o777 for p in (published / "2026-01").resolve().rglob("*.*")}
    assert modes == {0o444}


@pytest.mark.parametrize("change", ["no verdict", "failed", "other marts", "other build"])
def test_what_the_gate_did_not_pass_is_not_published(tmp_path: Path, change: str) -> None:
    published = tmp_path / "published"
    publish(build_with(tmp_path / "b", 1, "aaaa"), published, "2026-01", "aaaa", {})
    build = build_with(tmp_path / "b", 2, "bbbb", is_passed=change != "failed")
    if change == "no verdict":
        (build / "verdict.json").unlink()
    if change == "other marts":
        (build / "marts" / "fct_b.parquet").write_bytes(b"PAR1")
    if change == "other build":
        write_verdict(build, "cccc")
    with pytest.raises(PublicationError):
        publish(build, published, "2026-01", "bbbb", {})
    assert values(published, "2026-01") == {1}


def test_the_same_build_again_changes_nothing_and_damage_is_mended(tmp_path: Path) -> None:
    published = tmp_path / "published"
    build = build_with(tmp_path / "b", 1, "aaaa")
    first = publish(build, published, "2026-01", "aaaa", {})
    before = (first.folder / "manifest.json").read_bytes()
    again = publish(build, published, "2026-01", "aaaa", {})
    assert not again.is_new
    assert (again.folder / "manifest.json").read_bytes() == before
    damaged = first.folder / "marts.duckdb"
    damaged.chmod(0o644)
    damaged.write_bytes(b"")
    assert publish(build, published, "2026-01", "aaaa", {}).is_new
    assert values(published, "2026-01") == {1}


def test_months_do_not_touch_one_another_and_rollback_points_back(tmp_path: Path) -> None:
    published = tmp_path / "published"
    publish(build_with(tmp_path / "b", 1, "aaaa"), published, "2026-02", "aaaa", {})
    publish(build_with(tmp_path / "b", 2, "bbbb"), published, "2026-01", "bbbb", {})
    publish(build_with(tmp_path / "b", 3, "cccc"), published, "2026-01", "cccc", {})
    assert published_months(published) == {"2026-01": "cccc", "2026-02": "aaaa"}
    assert (published / "current").read_text().strip() == "2026-02"
    point_month(published, "2026-01", "bbbb")
    assert values(published, "2026-01") == {2}
    with pytest.raises(PublicationError):
        point_month(published, "2026-01", "eeee")


def test_readers_never_see_a_torn_or_missing_publication(tmp_path: Path) -> None:
    published = tmp_path / "published"
    builds = [build_with(tmp_path / "b", n, f"build{n}") for n in (1, 2)]
    publish(builds[0], published, "2026-01", "build1", {})
    seen: list[set[int]] = []
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                seen.append(values(published, "2026-01"))
            except Exception as error:  # noqa: BLE001  whatever a reader meets is the finding
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for turn in range(60):
        publish(builds[turn % 2], published, "2026-01", f"build{turn % 2 + 1}", {})
    done.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert seen and all(found in ({1}, {2}) for found in seen)


@pytest.mark.parametrize(
    "step", ["stage", "manifest", "sync", "rename", "link", "current", "prune"]
)
def test_a_kill_at_any_step_leaves_the_old_one_whole_and_the_next_run_finishes(
    tmp_path: Path, step: str
) -> None:
    published = tmp_path / "published"
    publish(build_with(tmp_path / "b", 1, "aaaa"), published, "2026-01", "aaaa", {})
    build = build_with(tmp_path / "b", 2, "bbbb")
    code = (
        "from pathlib import Path\n"
        "from orchestration.crash_points import reach\n"
        "from reports.publication import publish\n"
        f"publish(Path({str(build)!r}), Path({str(published)!r}), '2026-01', 'bbbb', {{}}, reach)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "JALON_KILL_AT": step}, check=False
    )
    assert killed.returncode == -9
    assert values(published, "2026-01") in ({1}, {2})
    publish(build, published, "2026-01", "bbbb", {})
    assert values(published, "2026-01") == {2}
    assert not list((published / ".builds").glob(".staged-*"))
