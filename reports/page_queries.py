"""The queries of the report's pages, run over one site's data before a reader does.

Evidence builds a page whose query is broken and shows the error to the reader; here it ends the
build. Belongs here: finding and running them. Does not belong here: what they say (evidence/pages).
"""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from reports.errors import SiteError

_QUERY = re.compile(r"^```sql (\w+)\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)


def demand_page_queries(project: Path, data: Path) -> None:
    """Run each query of each page over the extracted tables in `data`.

    Args:
        project: the Evidence project.
        data: what `evidence sources` wrote: `marts/<table>/<table>.parquet`.

    Raises:
        SiteError: at the first query that fails; names page, query and reason.
    """
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        for path in sorted((data / "marts").glob("*/*.parquet")):
            file = str(path).replace("'", "''")
            connection.execute(f"create view marts.{path.stem} as from read_parquet('{file}')")
        for page, name, query in _queries(project):
            try:
                connection.execute(query)
            except duckdb.Error as error:
                raise SiteError(f"{page}: the query {name} fails: {error}") from error


def _queries(project: Path) -> Iterator[tuple[str, str, str]]:
    """Page, name and text of each query; a page of many (a task's) is asked about no task."""
    for page in sorted((project / "pages").rglob("*.md")):
        for name, query in _QUERY.findall(page.read_text(encoding="utf-8")):
            yield str(page.relative_to(project)), name, re.sub(r"\$\{params\.\w+\}", "", query)
