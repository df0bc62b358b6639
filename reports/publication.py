"""Publication: a gated build becomes the month that readers see, whole or not at all.

A build is staged beside its final place, synced and renamed, so that `.builds/<build_id>` never
exists in part; then one link is swapped. Readers that resolved the old link keep their files.
Does not belong here: judging a build (quality), deciding which build (orchestration).
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from reports.durable import sync, sync_tree
from reports.errors import DamagedPublication, PublicationError
from reports.marts import file_hash, marts_fingerprint

# Readers of DuckDB 1.4 and later can open files of this storage version.
STORAGE_VERSION = "v1.4.0"
KEPT_BUILDS = 3
KEPT_SECONDS = 24 * 3600
PORTFOLIO_LINK = "current"

Step = Callable[[str], None]


@dataclass(frozen=True)
class Publication:
    """One published build.

    Attributes:
        folder: `.builds/<build_id>`, immutable.
        month: YYYY-MM of which it is the current build.
        is_new: False where the very same build stood there already.
    """

    folder: Path
    month: str
    is_new: bool


def publish(
    build: Path,
    published: Path,
    month: str,
    build_id: str,
    facts: Mapping[str, Any],
    at_step: Step = lambda _: None,
) -> Publication:
    """Publish the marts in `build/marts` as `month` if `build/verdict.json` allows it.

    Args:
        build: working folder with `marts/*.parquet` and the gate's `verdict.json`.
        published: the engagement's folder of publications.
        month: YYYY-MM.
        build_id: content-derived name of the build.
        facts: what the manifest says beyond tables, verdict and time (inputs, versions, ...).
        at_step: called with the name of each step before it is done (crash tests use it).

    Raises:
        PublicationError: where the verdict is missing, failed, or belongs to other marts.
    """
    is_new = _place(build, published, build_id, {"month": month, **facts}, at_step)
    at_step("link")
    point_month(published, month, build_id)
    at_step("current")
    _write_current(published)
    at_step("prune")
    _prune(published, set(published_months(published).values()))
    return Publication(published / ".builds" / build_id, month, is_new)


def publish_portfolio(
    build: Path, published: Path, build_id: str, facts: Mapping[str, Any]
) -> Publication:
    """Publish what is of no engagement and no month, as `current`: one link, always the newest.

    Raises:
        PublicationError: where the verdict is missing, failed, or belongs to other marts.
    """
    is_new = _place(build, published, build_id, facts, lambda _: None)
    point_month(published, PORTFOLIO_LINK, build_id)
    _prune(published, {build_id})
    return Publication(published / ".builds" / build_id, PORTFOLIO_LINK, is_new)


def _place(
    build: Path, published: Path, build_id: str, facts: Mapping[str, Any], at_step: Step
) -> bool:
    """Make `.builds/<build_id>` appear whole; False where it stood there already."""
    verdict = passed_verdict(build, build_id)
    builds = published / ".builds"
    builds.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(builds)
    final = builds / build_id
    if not damaged_files(final):
        return False
    staged = builds / f".staged-{build_id}"
    at_step("stage")
    _stage(build / "marts", staged, build_id, verdict, facts, at_step)
    if final.exists():  # a damaged build of that name: its content is known, so write it anew
        final.rename(builds / f".damaged-{build_id}-{time.time_ns()}")
    at_step("rename")
    staged.rename(final)
    sync(builds)
    return True


def passed_verdict(build: Path, build_id: str) -> dict[str, Any]:
    """The gate's verdict on exactly these marts.

    Raises:
        PublicationError: where there is none, it failed, or the marts changed since.
    """
    try:
        verdict: dict[str, Any] = json.loads((build / "verdict.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PublicationError(
            f"build {build_id} has no readable verdict of the quality gate, so it is not "
            "published; run the whole flow (`jalon run`) or the gate before publication"
        ) from None
    if verdict.get("build_id") != build_id or verdict.get("fingerprint") != marts_fingerprint(
        build / "marts"
    ):
        raise PublicationError(
            f"the stored verdict is not about build {build_id} as it is now; run the gate again"
        )
    if verdict.get("is_passed") is not True:
        raise PublicationError(
            f"the quality gate refused build {build_id}; the previous publication stays as it is"
        )
    return verdict


def point_month(published: Path, month: str, build_id: str) -> None:
    """Make `build_id` the current build of `month`, atomically.

    Raises:
        PublicationError: where that build is not there.
    """
    if not (published / ".builds" / build_id / "manifest.json").is_file():
        raise PublicationError(f"there is no published build {build_id}")
    link = published / f".link-{month}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(".builds") / build_id)
    link.replace(published / month)
    sync(published)


def withdraw(published: Path, build_ids: Collection[str]) -> list[str]:
    """Remove published builds for good; a month whose current build goes has none until rebuilt.

    Returns:
        The months that lost their publication, ascending.
    """
    months = [m for m, build in published_months(published).items() if build in build_ids]
    for month in months:
        (published / month).unlink()
    if months:
        if published_months(published):
            _write_current(published)
        else:
            (published / "current").unlink(missing_ok=True)
        sync(published)
    for build_id in build_ids:
        shutil.rmtree(published / ".builds" / build_id)
    return months


def published_months(published: Path) -> dict[str, str]:
    """Build id by published month, months ascending."""
    if not published.is_dir():
        return {}
    return {
        path.name: path.readlink().name
        for path in sorted(published.iterdir())
        if path.is_symlink() and len(path.name) == len("YYYY-MM") and path.exists()
    }


def read_manifest(published: Path, build_id: str) -> dict[str, Any]:
    """The manifest of one published build.

    Raises:
        DamagedPublication: where it is missing or damaged.
    """
    path = published / ".builds" / build_id / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise DamagedPublication(f"{path} is missing or damaged; run the month again") from None
    return manifest


def current_month(published: Path) -> str | None:
    """The month that `current` names, None where there is none."""
    path = published / "current"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else None


def damaged_files(folder: Path) -> list[str]:
    """Files of a published build that are missing or not as its manifest says."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        expected = {"marts.duckdb": manifest["marts_duckdb_sha256"]}
        for table, facts in manifest["tables"].items():
            expected[f"marts/{table}.parquet"] = facts["sha256"]
    except (OSError, ValueError, KeyError):
        return ["manifest.json"]
    return [
        name
        for name, sha256 in expected.items()
        if not (folder / name).is_file() or file_hash(folder / name) != sha256
    ]


def _stage(
    marts: Path,
    staged: Path,
    build_id: str,
    verdict: Mapping[str, Any],
    facts: Mapping[str, Any],
    at_step: Step,
) -> None:
    if staged.exists():
        shutil.rmtree(staged)
    (staged / "marts").mkdir(parents=True)
    tables: dict[str, dict[str, Any]] = {}
    with duckdb.connect(config={"threads": 1}) as connection:
        target = str(staged / "marts.duckdb").replace("'", "''")
        connection.execute(f"attach '{target}' as marts (storage_version '{STORAGE_VERSION}')")
        # One transaction: one wait for the disk.
        connection.begin()
        for source in sorted(marts.glob("*.parquet")):
            copy = staged / "marts" / source.name
            shutil.copyfile(source, copy)
            table = source.stem
            path = str(copy).replace("'", "''")
            connection.execute(f"create table marts.{table} as from read_parquet('{path}')")
            (count,) = connection.execute(f"select count(*) from marts.{table}").fetchone() or (0,)
            tables[table] = {"rows_count": count, "sha256": file_hash(copy)}
        connection.commit()
        connection.execute("detach marts")
    at_step("manifest")
    manifest = {
        "build_id": build_id,
        **facts,
        "gate": {key: value for key, value in verdict.items() if key != "build_id"},
        "tables": tables,
        "marts_duckdb_sha256": file_hash(staged / "marts.duckdb"),
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (staged / "manifest.json").write_text(text + "\n", encoding="utf-8")
    at_step("sync")
    for file in staged.rglob("*"):
        if file.is_file():
            file.chmod(0o444)
    sync_tree(staged)


def _write_current(published: Path) -> None:
    months = published_months(published)
    temporary = published / f".current-{os.getpid()}"
    temporary.write_text(max(months) + "\n", encoding="utf-8")
    sync(temporary)
    temporary.replace(published / "current")
    sync(published)


def _prune(published: Path, linked: Collection[str]) -> None:
    """Delete builds that no link points to, which are older than a day and not of the last 3."""
    others = sorted(
        (p for p in (published / ".builds").iterdir() if p.name not in linked and p.is_dir()),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in others[KEPT_BUILDS:]:
        if time.time() - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path)


def _remove_leftovers(builds: Path) -> None:
    """Remove what a killed publication staged; nobody could see it."""
    for path in builds.glob(".staged-*"):
        shutil.rmtree(path)
