"""`jalon verify` looks inside of every kind of file, and says what it cannot read."""

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from ingestion.config import load_engagement
from ingestion.roster import load_roster
from orchestration.invariants import verify
from orchestration.paths import Home

_ENGAGEMENT = "belle-ardoise"


@pytest.fixture
def home(demo_home: Path, tmp_path: Path) -> Home:
    for name in ("engagements", "published", "lake"):
        shutil.copytree(demo_home / name, tmp_path / name, symlinks=True)
    return Home(tmp_path)


def _name_of_somebody(home: Home) -> str:
    folder = home.engagement(_ENGAGEMENT)
    roster = load_roster(folder, load_engagement(folder))
    return next(person.name for person in roster if not person.champion_consent)


def test_a_name_is_found_in_a_database_and_in_a_workbook(home: Home) -> None:
    name = _name_of_somebody(home)
    build, exports = home.build(_ENGAGEMENT, "b"), home.exports(_ENGAGEMENT)
    build.mkdir(parents=True)
    exports.mkdir(parents=True)
    with duckdb.connect(str(build / "warehouse.duckdb")) as connection:
        # Compressed, so that the bytes of the file do not spell it.
        connection.execute("create table told as select ? as said from range(5000)", [name])
    with zipfile.ZipFile(exports / "report.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{name}</t>")
    found = {finding.where for finding in verify(home, _ENGAGEMENT)}
    assert found == {
        str((build / "warehouse.duckdb").relative_to(home.root)),
        str((exports / "report.xlsx").relative_to(home.root)),
    }


def test_damaged_tables_are_findings(home: Home) -> None:
    path = next(home.lake.glob("*/snapshots/*/source_files.parquet"))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-20])
    (finding,) = verify(home, _ENGAGEMENT)
    assert (finding.invariant, finding.where) == ("I4", str(path.relative_to(home.root)))
    assert "run the engagement" in finding.message
