"""What a reader would find on each page of one site's data, looked at before a reader does.

Evidence builds a page whose query is broken, whose chart is empty or whose link leads nowhere, and
leaves it to the reader to notice; here each of them ends the build. Belongs here: finding the
pages, running their queries, asking their views. Does not belong here: what the pages say
(evidence/pages, evidence/lib), how they look (the browser's tests).
"""

import datetime
import decimal
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from reports.branding import read_publication
from reports.errors import SiteError
from reports.node_project import find_tool, run_logged

SECONDS = 120.0
SHOWN_PROBLEMS = 8
_QUERY = re.compile(r"^```sql (\w+)\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
_VIEW = re.compile(r"from '\$report/pages/([\w-]+)\.js'")
_LINK = re.compile(r'href="(/[^"{}]*)"')
_OF_EACH_TASK = "tasks/[task].md"
_TASK = "${params.task}"
# Rows that gather what is small or unmatched have no page of their own.
_TASKS = "select task_id from marts.dim_tasks where task_id not in ('unmapped', 'other_tasks')"


@dataclass(frozen=True)
class _Page:
    address: str
    """As links name it, `/tasks/a/`."""
    view: str
    """The module of lib/pages that makes the page of its rows."""
    links: list[str]
    """Links that the page's own text holds."""
    queries: dict[str, list[dict[str, Any]]]
    """Rows of each query by its name."""


def demand_contents(
    project: Path, source: Path, data: Path, packages: Path, workspace: Path
) -> None:
    """Demand that every page has its answer, every chart something in it, every link its page.

    Args:
        project: the Evidence project.
        source: `marts.duckdb` of the publication.
        data: what `evidence sources` wrote of it: `marts/<table>/<table>.parquet`.
        packages: what `install_packages` returned.
        workspace: an existing folder for files that serve only meanwhile.

    Raises:
        SiteError: names the page, and its query, chart or link, and what is wrong with it.
    """
    # Hundreds of small queries: a second thread would cost more than it does.
    with duckdb.connect(config={"threads": 1}) as connection:
        _load(connection, source, data)
        pages = list(_pages(connection, project))
    facts = {
        "publication": read_publication(source),
        "addresses": [page.address for page in pages],
        "pages": [vars(page) for page in pages],
    }
    rows = workspace / "pages.json"
    rows.write_text(json.dumps(facts, default=_plain), encoding="utf-8")
    if problems := _ask(project, rows, packages):
        more = len(problems) - SHOWN_PROBLEMS
        raise SiteError(
            "the report would have pages that say or show nothing:\n"
            + "\n".join(problems[:SHOWN_PROBLEMS])
            + (f"\nand {more} more" if more > 0 else "")
        )


def _load(connection: duckdb.DuckDBPyConnection, source: Path, data: Path) -> None:
    """The extracted tables in the schema `marts`; no query of a source leaves all rows out."""
    connection.execute("create schema marts")
    connection.execute(f"attach {_quoted(source)} as published (read_only)")
    for path in sorted((data / "marts").glob("*/*.parquet")):
        table = f"marts.{path.stem}"
        connection.execute(f"create table {table} as from read_parquet({_quoted(path)})")
        # A row of nulls stands for a table without rows (patches of the Node packages).
        if connection.execute(f"from {table} where columns(*) is null").fetchone():
            connection.execute(f"delete from {table}")
        (count, published_count) = connection.execute(
            f"select (select count(*) from {table}), count(*) from published.{path.stem}"
        ).fetchone() or (0, 0)
        if published_count and not count:
            raise SiteError(
                f"sources/marts/{path.stem}.sql finds none of the {published_count} rows of its "
                "table"
            )


def _pages(connection: duckdb.DuckDBPyConnection, project: Path) -> Iterator[_Page]:
    folder = project / "pages"
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        view = _VIEW.search(text)
        if view is None:
            raise SiteError(f"pages/{name}: names no module of lib/pages")
        # A query that is wrong is so for an engagement without tasks too.
        of_no_task = _run(connection, name, text, "")
        if name != _OF_EACH_TASK:
            address = "/" + re.sub(r"(^|/)index\.md$|\.md$", r"\1", name).strip("/")
            yield _Page(address.rstrip("/") + "/", view[1], _LINK.findall(text), of_no_task)
            continue
        for (task,) in connection.execute(_TASKS).fetchall():
            rows = _run(connection, name, text, task)
            yield _Page(f"/tasks/{task}/", view[1], _LINK.findall(text), rows)


def _run(
    connection: duckdb.DuckDBPyConnection, page: str, text: str, task: str
) -> dict[str, list[dict[str, Any]]]:
    found = {}
    for name, query in _QUERY.findall(text):
        try:
            cursor = connection.execute(query.replace(_TASK, task.replace("'", "''")))
            columns = [column[0] for column in cursor.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        except duckdb.Error as error:
            raise SiteError(f"pages/{page}: the query {name} fails: {error}") from error
    return found


def _ask(project: Path, rows: Path, packages: Path) -> list[str]:
    """What the pages' own modules lack, in a line each."""
    bundle = rows.with_name("contents.mjs")
    steps = [
        [
            str(packages / ".bin" / "esbuild"),
            str(project / "checks" / "contents.mjs"),
            "--bundle",
            "--format=esm",
            "--platform=node",
            "--log-level=error",
            f"--alias:$app/navigation={project / 'checks' / 'navigation.js'}",
            f"--outfile={bundle}",
        ],
        [str(find_tool("node")), str(bundle), str(rows)],
    ]
    log = rows.with_name("contents.log")
    for step in steps:
        run_logged(step, rows.parent, log, SECONDS, {"NODE_PATH": str(packages), "PATH": _path()})
    return log.read_text(encoding="utf-8").splitlines()


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _path() -> str:
    return f"{find_tool('node').parent}:/usr/local/bin:/usr/bin:/bin"


def _plain(value: object) -> object:
    """A date or an exact number as the browser's rows have it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} is of no use to a page")
