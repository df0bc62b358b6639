"""The same files give the same bytes, whatever machine, clock, language or vault reads them."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ENGAGEMENT = "belle-ardoise"


def parquet_bytes(home: Path) -> dict[str, str]:
    """SHA-256 of each published Parquet file."""
    folder = home / "published" / ENGAGEMENT
    month = (folder / "current").read_text(encoding="utf-8").strip()
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / month / "marts").glob("*.parquet"))
    }


@pytest.mark.parametrize(
    "machine",
    [
        {"JALON_THREADS": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"JALON_THREADS": "8", "TZ": "America/Los_Angeles", "LC_ALL": "C.utf8",
         "PYTHONHASHSEED": "4711"},
    ],
    ids=["one thread, far east", "eight threads, far west"],
)  # fmt: skip
def test_published_bytes_are_the_same(
    machine: dict[str, str], demo_home: Path, tmp_path: Path
) -> None:
    """Another home has another vault, so other pseudonyms; the files were copied in new order."""
    home = tmp_path / "home"
    source = demo_home / "engagements" / ENGAGEMENT
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file():
            copy = home / "engagements" / ENGAGEMENT / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    told = subprocess.run(
        [str(Path(sys.executable).with_name("jalon")), "run", ENGAGEMENT, "--no-report"],
        env={**os.environ, **machine, "JALON_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    here, there = parquet_bytes(demo_home), parquet_bytes(home)
    assert len(here) > 30
    assert {name for name in here if here[name] != there.get(name)} == set()
