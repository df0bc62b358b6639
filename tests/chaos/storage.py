"""Storage that fails: a full disk, read-only folders, damaged intermediate files.

Needs the right to mount (root): a full disk is a small tmpfs, as permissions do not stop root.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.paths import Home
from tests.chaos.checks import Stage, Tally, check_readers, check_recovery, dice, run
from tests.chaos.engagement import NAME

_ROOMY = "4g"
_UNFINISHED = 3


def can_mount() -> bool:
    """Whether this process may mount."""
    return os.geteuid() == 0


def fill_the_disk(stage: Stage, shares: tuple[float, ...]) -> Tally:
    """Run with room for a share of what the run writes, then with enough."""
    tally = Tally("disk full")
    occupied, needed = _size(stage.home), _size(stage.folder / "reference")
    for share in shares:
        size = occupied + int(share * (needed - occupied))
        what = f"a disk full at {share:.0%} of the run"
        with _disk(stage, f"disk-{share}", size) as home:
            _expect_unfinished(stage, home, tally, what)
            _mount("-o", f"remount,size={_ROOMY}", home)
            check_recovery(stage, home, tally, what)
    return tally


def lock_folders(stage: Stage, folders: tuple[str, ...]) -> Tally:
    """Run with a folder that cannot be written, then with one that can."""
    tally = Tally("read-only folders")
    with _disk(stage, "read-only", None) as home:
        for folder in folders:
            what = f"{folder or 'everything'} read-only"
            place = home / folder
            _mount("--bind", place, place)
            _mount("-o", "remount,ro,bind", place)
            try:
                _expect_unfinished(stage, home, tally, what)
            finally:
                subprocess.run(["umount", str(place)], check=True)
        check_recovery(stage, home, tally, "read-only folders")
    return tally


def damage_files(stage: Stage, seed: int, groups: tuple[str, ...]) -> Tally:
    """Damage intermediate files of each group in each way, then run."""
    tally, draw = Tally("damaged files"), dice(seed)
    home = stage.copy(f"damage-{seed}")
    run(home)
    _forget_earlier(home)
    for group in groups:
        for way in _WAYS:
            paths = sorted(p for p in _GROUPS[group](home) if p.is_file() and not p.is_symlink())
            if not paths:
                tally.faults.append(f"no file to damage: {group}")
            for path in paths:
                path.chmod(0o644)
                path.write_bytes(_WAYS[way](path.read_bytes(), draw.random()))
            tally.done[f"{group} files {way}"] += len(paths)
            check_recovery(stage, home, tally, f"{group} {way}")
    return tally


def _forget_earlier(home: Path) -> None:
    """Remove what the template's publication left: no run makes an earlier state anew."""
    for states in (
        Home(home).published(NAME) / ".builds", home / "builds" / NAME,
        home / "lake" / NAME / "snapshots", home / "lake" / NAME / "enrichment",
    ):  # fmt: skip
        for state in sorted(states.iterdir(), key=lambda path: path.stat().st_mtime)[:-1]:
            shutil.rmtree(state)


_WAYS: dict[str, Callable[[bytes, float], bytes]] = {
    "cut": lambda content, where: content[: int(len(content) * where)],
    "overwritten": lambda content, where: b"\xde\xad" * (len(content) // 2),
}


def _before_publication(home: Path) -> Iterator[Path]:
    """What ingestion, enrichment and dbt's parse keep; publication and builds go, so that the
    next run must read them."""
    shutil.rmtree(Home(home).published(NAME), ignore_errors=True)
    shutil.rmtree(home / "builds", ignore_errors=True)
    for pattern in ("lake/*/snapshots/*/*", "lake/*/parsed/**/*", "lake/*/enrichment/*/*"):
        yield from home.glob(pattern)
    yield from home.glob("work/**/*.json")
    yield from home.glob("work/**/*.msgpack")


def _of_the_build(home: Path) -> Iterator[Path]:
    shutil.rmtree(Home(home).published(NAME), ignore_errors=True)
    yield from home.glob("builds/*/*/*.*")
    yield from home.glob("builds/*/*/marts/*")


def _of_dagster(home: Path) -> Iterator[Path]:
    shutil.rmtree(Home(home).published(NAME), ignore_errors=True)
    yield from (home / "dagster").rglob("*.db")


_GROUPS: dict[str, Callable[[Path], Iterator[Path]]] = {
    "published": lambda home: Home(home).published(NAME).rglob("*.*"),
    "build": _of_the_build,
    "lake and parse": _before_publication,
    "Dagster": _of_dagster,
}
GROUPS = tuple(_GROUPS)


def _expect_unfinished(stage: Stage, home: Path, tally: Tally, what: str) -> None:
    outcome = run(home)
    tally.done["refused"] += 1
    if outcome.code != _UNFINISHED or "Traceback" in outcome.output:
        tally.faults.append(f"{what} ends with {outcome.code}: {outcome.output}")
    check_readers(stage, home, tally, what)


@contextmanager
def _disk(stage: Stage, name: str, size: int | None) -> Iterator[Path]:
    home = stage.folder / name
    home.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size or _ROOMY}", "jalon-chaos", home)
    try:
        shutil.copytree(stage.home, home, symlinks=True, dirs_exist_ok=True)
        yield home
    finally:
        subprocess.run(["umount", str(home)], check=True)


def _mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)


def _size(folder: Path) -> int:
    """Bytes that a folder takes in whole pages."""
    page = 4096
    return sum(
        -(-path.stat().st_size // page) * page + page
        for path in folder.rglob("*")
        if not path.is_symlink()
    )
