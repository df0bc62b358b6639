"""Every text that Jalon stores about an engagement, decoded from whatever file holds it.

For looking for people where nobody must be named (invariants, erase). Does not belong here: whom
to look for, and the people's own folder and the vault, where names belong.
"""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import polars as pl

from orchestration.paths import Home

# SQLite keeps its texts as they are, in the log beside it too.
_TEXT_FILES = {".json", ".html", ".txt", ".log", ".md", ".csv", ".yaml", ".js", ".sqlite"}
_TEXT_FILES |= {".sqlite-wal", ".sql"}
_ARCHIVES = {".xlsx", ".zip", ".docx"}


def stored_texts(home: Home, engagement: str) -> Iterator[tuple[Path, Iterable[str]]]:
    """Every stored file outside vault and the people's own folder, decoded.

    A file that is damaged, or held open by a build that runs, is given as its bytes spell it.
    """
    folders = (
        home.lake / engagement,
        home.published(engagement),
        home.sites(engagement),
        home.root / "builds" / engagement,
        home.work,
        home.dagster,
        home.llm_cache / engagement,
        home.exports(engagement),
        home.erasures / engagement,
    )
    with duckdb.connect() as connection:
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_symlink() or not path.is_file():
                    continue
                try:
                    texts = _decoded(connection, path, is_text=folder == home.dagster)
                except (duckdb.Error, pl.exceptions.PolarsError, zipfile.BadZipFile):
                    texts = [_as_spelt(path.read_bytes())]
                if texts:
                    yield path, texts


def parquet_texts(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    """All distinct texts of a Parquet file, column by column."""
    source = "read_parquet('{}')".format(str(path).replace("'", "''"))
    yield from _texts_of(connection, source)


def _decoded(connection: duckdb.DuckDBPyConnection, path: Path, is_text: bool) -> list[str]:
    if path.suffix == ".parquet":
        return list(parquet_texts(connection, path))
    if path.suffix == ".arrow":
        connection.register("stored", pl.read_ipc(path).to_arrow())
        return list(_texts_of(connection, "stored"))
    if path.suffix == ".duckdb":
        return list(_database_texts(path))
    if path.suffix in _ARCHIVES:
        with zipfile.ZipFile(path) as archive:
            return [_as_spelt(archive.read(name)) for name in archive.namelist()]
    return [_as_spelt(path.read_bytes())] if is_text or path.suffix in _TEXT_FILES else []


def _database_texts(path: Path) -> Iterator[str]:
    with duckdb.connect(str(path), read_only=True) as database:
        tables = database.execute(
            "select format('{}.{}', schema_name, table_name) from duckdb_tables()"
        ).fetchall()
        for (table,) in tables:
            yield from _texts_of(database, table)


def _texts_of(connection: duckdb.DuckDBPyConnection, source: str) -> Iterator[str]:
    for name, kind, *_ in connection.execute(f"describe from {source}").fetchall():
        if kind == "VARCHAR":
            rows = connection.execute(
                f'select distinct "{name}" from {source} where "{name}" is not null'
            ).fetchall()
            yield from (str(value) for (value,) in rows)


def _as_spelt(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")
