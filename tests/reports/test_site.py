"""Sites are whole, unchanged ones are left alone, and what a page would lack fails the build."""

import shutil
from pathlib import Path

import duckdb
import pytest

from reports.errors import SiteError
from reports.node_project import PROJECT
from reports.shell import install_packages
from reports.site import build_site
from tests.reports.marts_of import write_marts

pytestmark = pytest.mark.slow


@pytest.fixture
def plain_shell(tmp_path: Path) -> Path:
    """A stand-in for the bundled pages: what is tested here is what stands beside them."""
    shell = tmp_path / "shell-1"
    shell.mkdir()
    (shell / "index.html").write_text('<html lang="en"><head></head></html>', encoding="utf-8")
    (shell / "app.js").write_text("pages", encoding="utf-8")
    return shell


@pytest.fixture(autouse=True)
def _packages(work: Path) -> None:
    install_packages(work, progress=lambda _: None)


def _build(marts: Path, target: Path, shell: Path, work: Path, language: str = "fr") -> Path:
    return build_site(marts, target, shell, work, language, lambda _: None)


def test_a_site_is_the_shell_with_the_data_of_its_publication(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    marts = write_marts(tmp_path / "build")
    site = _build(marts, tmp_path / "sites" / "atelier" / "2026-09", plain_shell, work)
    assert '<html lang="fr"' in (site / "index.html").read_text("utf-8")
    assert (site / "app.js").samefile(plain_shell / "app.js")  # no space taken twice
    with duckdb.connect() as connection:
        (count,) = connection.execute(
            "select count(*) from read_parquet(?)",
            [str(site / "data" / "marts" / "dim_teams" / "dim_teams.parquet")],
        ).fetchone() or (0,)
    assert count == 3


def test_an_unchanged_publication_is_not_built_again(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    marts = write_marts(tmp_path / "build")
    target = tmp_path / "sites" / "atelier" / "2026-09"
    first = _build(marts, target, plain_shell, work).resolve()
    said: list[str] = []
    again = build_site(marts, target, plain_shell, work, "fr", said.append).resolve()
    assert again == first
    assert said == []
    other = write_marts(tmp_path / "other", engagement={"client": "Autre"})
    assert _build(other, target, plain_shell, work).resolve() != first
    assert first.is_dir()  # whoever has it open keeps it


@pytest.mark.parametrize("table", ["fct_matrix", "fct_baseline"])
def test_a_missing_mart_fails_loudly_and_leaves_the_old_site(
    tmp_path: Path, plain_shell: Path, work: Path, table: str
) -> None:
    target = tmp_path / "sites" / "atelier" / "2026-09"
    before = _build(write_marts(tmp_path / "build"), target, plain_shell, work).resolve()
    broken = write_marts(tmp_path / "broken", left_out=[table])
    with pytest.raises(SiteError, match=table):
        _build(broken, target, plain_shell, work)
    assert target.resolve() == before
    assert [p.name for p in target.parent.glob(".builds/.staged*")] == []


def test_a_missing_column_fails_loudly(tmp_path: Path, plain_shell: Path, work: Path) -> None:
    marts = write_marts(tmp_path / "build")
    with duckdb.connect(str(marts / "marts.duckdb")) as connection:
        connection.execute("alter table fct_matrix drop column impact")
    with pytest.raises(SiteError, match="impact"):
        _build(marts, tmp_path / "sites" / "2026-09", plain_shell, work)


def test_a_broken_query_of_a_page_fails_loudly_and_leaves_the_old_site(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    target = tmp_path / "sites" / "2026-09"
    before = _build(write_marts(tmp_path / "old"), target, plain_shell, work).resolve()
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("node_modules", "build"))
    page = project / "pages" / "matrix.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("select m.*", "select m.*, m.imapct"), encoding="utf-8")
    marts = write_marts(tmp_path / "new", engagement={"client": "Autre"})
    with pytest.raises(SiteError, match=r"pages/matrix.md: the query tasks fails.*imapct"):
        build_site(marts, target, plain_shell, work, "fr", lambda _: None, project)
    assert target.resolve() == before


def test_an_empty_required_table_fails_loudly(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    marts = write_marts(tmp_path / "build")
    with duckdb.connect(str(marts / "marts.duckdb")) as connection:
        connection.execute("delete from fct_baseline")
    with pytest.raises(SiteError, match="fct_baseline is empty"):
        _build(marts, tmp_path / "sites" / "2026-09", plain_shell, work)


def test_before_the_first_export_there_is_a_report_that_says_so(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    marts = write_marts(tmp_path / "build")
    with duckdb.connect(str(marts / "marts.duckdb")) as connection:
        for table in ("fct_baseline", "dim_tasks", "fct_data_quality"):
            connection.execute(f"delete from {table}")
    target = tmp_path / "sites" / "2026-09"
    assert (_build(marts, target, plain_shell, work) / "index.html").is_file()


def test_a_site_in_another_language_than_its_marts_is_refused(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    marts = write_marts(tmp_path / "build", language="en")
    with pytest.raises(SiteError, match="language"):
        _build(marts, tmp_path / "sites" / "2026-09", plain_shell, work)


def test_a_folder_of_somebody_else_is_not_replaced(
    tmp_path: Path, plain_shell: Path, work: Path
) -> None:
    target = tmp_path / "sites" / "2026-09"
    target.mkdir(parents=True)
    with pytest.raises(SiteError, match="move it away"):
        _build(write_marts(tmp_path / "build"), target, plain_shell, work)
