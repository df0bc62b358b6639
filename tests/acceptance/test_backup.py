"""A backup as docs/operations.md describes it is enough to go on, and the vault is part of it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reports.marts import parquet_hashes

_ENGAGEMENT = "belle-ardoise"
_KEPT = ("engagements", "vault", "llm_cache", "published", "erasures")


def jalon(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("jalon")), *arguments],
        env=os.environ | {"JALON_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def restored(demo_home: Path, folder: Path, without: str = "") -> Path:
    """The demo's home, through a tar file with what must be kept."""
    names = [n for n in _KEPT if (demo_home / n).is_dir() and n != without]
    subprocess.run(["tar", "-C", demo_home, "-cf", folder / "backup.tar", *names], check=True)
    home = folder / "restored"
    home.mkdir()
    subprocess.run(["tar", "-C", home, "-xf", folder / "backup.tar"], check=True)
    return home


@pytest.mark.slow
def test_a_restored_backup_verifies_and_runs_to_the_same_build(
    demo_home: Path, tmp_path: Path
) -> None:
    home = restored(demo_home, tmp_path)
    verified = jalon(home, "verify", _ENGAGEMENT)
    assert verified.returncode == 0, verified.stdout
    assert (home / "vault" / f"{_ENGAGEMENT}.json").stat().st_mode & 0o777 == 0o600
    month = (home / "published" / _ENGAGEMENT / "current").read_text().strip()
    marts = home / "published" / _ENGAGEMENT / month / "marts"
    before = parquet_hashes(marts)
    ran = jalon(home, "run", _ENGAGEMENT, "--no-report")
    assert ran.returncode == 0, ran.stderr
    assert "unchanged" in ran.stderr.splitlines()[-1]
    assert parquet_hashes(marts) == before


def test_a_backup_without_the_vault_is_refused_where_the_lake_knows_one(
    demo_home: Path, tmp_path: Path
) -> None:
    home = restored(demo_home, tmp_path, without="vault")
    shutil.copytree(demo_home / "lake", home / "lake")
    ran = jalon(home, "run", _ENGAGEMENT, "--no-report")
    assert ran.returncode == 2
    assert "is lost" in ran.stderr and "restore it from the backup" in ran.stderr
    assert not (home / "vault" / f"{_ENGAGEMENT}.json").exists()
