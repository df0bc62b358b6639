"""`jalon export`: both files of a published month, whole; and what is missing is said."""

import json
import os
import re
from pathlib import Path

import duckdb
import pypdf
import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import app
from tests.reports.marts_of import TASKS, write_marts

FILES = 40
BUILD = "b1"


def jalon(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A JALON_HOME with one published month of an engagement, and nothing else of it."""
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    folder = tmp_path / "engagements" / "atelier"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text("engagement: atelier\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def published(home: Path) -> Path:
    folder = home / "published" / "atelier"
    build = write_marts(folder / ".builds" / BUILD)
    with duckdb.connect(str(build / "marts.duckdb")) as connection:
        connection.execute(
            "insert into fct_data_quality (engagement_id, source_file, kind, status, rows_in,"
            " rows_loaded, rows_quarantined, rows_declared_non_data)"
            " select 'atelier', 'forms/' || lpad(n::varchar, 8, '1') || '.csv', 'forms',"
            f" 'loadable', 10, 10, 0, 0 from range({FILES}) as numbers(n)"
        )
    (build / "marts").mkdir()
    with duckdb.connect(str(build / "marts.duckdb")) as connection:
        path = build / "marts" / "dim_engagements.parquet"
        connection.execute(f"copy dim_engagements to '{path}' (format parquet)")
    manifest = {"build_id": BUILD, "month": "2026-09", "published_at": "2026-10-02T08:00:00+00:00"}
    (build / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (folder / "2026-09").symlink_to(Path(".builds") / BUILD)
    return home


def _exported(home: Path) -> list[str]:
    return sorted(str(path.relative_to(home / "exports")) for path in home.glob("exports/**/*.*"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_report_goes_onto_paper_whole(published: Path, shell: Path, work: Path) -> None:
    (published / "report-shell").symlink_to(work)
    result = jalon("export", "atelier")
    assert result.exit_code == 0, result.output
    names = [f"atelier/2026-09/atelier-2026-09.{kind}" for kind in ("pdf", "xlsx")]
    assert _exported(published) == names
    for name in names:
        assert str(published / "exports" / name) in result.output

    pdf = pypdf.PdfReader(published / "exports" / names[0])
    pages = [page.extract_text() for page in pdf.pages]
    assert pdf.metadata is not None and pdf.metadata.title is not None
    assert "Atelier <Ardoise> & fils" in pdf.metadata.title
    width, height = pdf.pages[0].mediabox[2:]
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text
        assert "BROUILLON" in text.upper()
    # Each page of the report begins where the contents say, the pages of tasks included.
    contents = [
        (title, int(number))
        for title, number in re.findall(r"^(\S.*?) ?(\d+)$", pages[0], flags=re.M)
        if int(number) <= len(pages) and "·" not in title  # neither the year nor the footer
    ]
    titles = dict(contents)
    assert len(contents) >= 18 + len(TASKS)
    for name, *_ in TASKS.values():
        assert name in titles
    for title, number in contents:
        assert pages[number - 1].lstrip().startswith(title), title
    assert [number for _, number in contents] == sorted(number for _, number in contents)
    # No table is cut, though the screen shows fifteen rows first.
    whole = "".join(pages)
    for number in range(FILES):
        assert f"forms/{number:1>8}.csv" in whole


def test_without_chromium_the_tables_are_had_and_the_mend_is_named(
    published: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "nothing").mkdir()
    monkeypatch.setenv("PATH", os.fspath(tmp_path / "nothing"))
    for arguments in ((), ("--pdf",)):
        result = jalon("export", "atelier", *arguments)
        assert result.exit_code == 2
        assert "apt-get install chromium" in result.output and "--xlsx" in result.output
    assert _exported(published) == []
    assert jalon("export", "atelier", "--xlsx").exit_code == 0
    assert _exported(published) == ["atelier/2026-09/atelier-2026-09.xlsx"]


def test_nothing_published_is_said(home: Path) -> None:
    result = jalon("export", "atelier", "--xlsx")
    assert result.exit_code == 2
    assert "jalon run atelier" in result.output


def test_a_month_that_was_not_published_names_the_others(published: Path) -> None:
    result = jalon("export", "atelier", "--xlsx", "--month", "2026-08")
    assert result.exit_code == 2
    assert "2026-09" in result.output
