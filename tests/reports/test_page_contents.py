"""Each page, chart and link that a reader would find broken is named before a site appears."""

import shutil
from pathlib import Path

import duckdb
import pytest

from reports.errors import SiteError
from reports.node_project import PROJECT
from reports.page_contents import demand_contents
from reports.shell import install_packages
from reports.site import build_site
from tests.reports.marts_of import write_marts

pytestmark = pytest.mark.slow

# What is broken on purpose: a file of the project, what stands there and instead, what is said.
BROKEN = {
    "a page's query": (
        "pages/matrix.md", "select m.*", "select m.*, m.imapct",
        r"pages/matrix.md: the query tasks fails.*imapct",
    ),
    "an empty chart": (
        "lib/charts/bars.js", "value: row.value,", "value: null,",
        '/alignment/: the chart ".+" is empty',
    ),
    "an empty chart without a word": (
        "lib/pages/flows.js", "option: first ? flowGraph(links) : null", "option: null, empty: ''",
        '/flows/: the chart ".+" is empty and does not say why',
    ),
    "a page that breaks off": (
        "pages/matrix.md", "select m.*", "select m.task_id", "/matrix/: the page breaks off",
    ),
    "a page that is gone": (
        "lib/pages.js", "'tools'", "'tolls'", "the navigation: links to /tolls/, which is no page",
    ),
    "a page that nothing names": (
        "lib/pages.js", ", 'tools'", "", "/tools/: no link leads to this page",
    ),
    "a dead link": (
        "lib/pages/answer.js", "pathOf('baseline')", "'/base/'", "/: links to /base/",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def packages(work: Path) -> Path:
    return install_packages(work, lambda _: None)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, packages: Path, work: Path) -> Path:
    """A folder with `build/marts.duckdb` and what its `site` holds."""
    folder = tmp_path_factory.mktemp("contents")
    shell = folder / "shell"
    shell.mkdir()
    (shell / "index.html").write_text('<html lang="en"><head></head></html>', encoding="utf-8")
    marts = write_marts(folder / "build")
    build_site(marts, folder / "site", shell, work, "fr", lambda _: None)
    return folder


@pytest.mark.parametrize(("file", "text", "broken", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_what_a_reader_would_find_broken_is_named(
    tmp_path: Path, built: Path, packages: Path, file: str, text: str, broken: str, said: str
) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("node_modules", "build"))
    content = (project / file).read_text(encoding="utf-8")
    assert text in content
    (project / file).write_text(content.replace(text, broken, 1), encoding="utf-8")
    source = built / "build" / "marts.duckdb"
    with pytest.raises(SiteError, match=said):
        demand_contents(project, source, built / "site" / "data", packages, tmp_path)


def test_a_source_that_leaves_all_rows_of_its_table_out_is_named(
    tmp_path: Path, built: Path, packages: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(built / "site" / "data", data)
    tools = data / "marts" / "fct_tools" / "fct_tools.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"create table tools as from '{tools}' limit 0")
        connection.execute(f"copy tools to '{tools}'")
    with pytest.raises(SiteError, match=r"fct_tools.sql finds none of the 2 rows"):
        demand_contents(PROJECT, built / "build" / "marts.duckdb", data, packages, tmp_path)
