"""The marts of one build as Parquet files, in bytes that depend on their values alone.

Belongs here: exporting a warehouse's marts and naming their content by a fingerprint, which the
gate judges and publication demands. Does not belong here: links, manifests (publication).
"""

import hashlib
from pathlib import Path

import duckdb

MARTS_SCHEMA = "marts"


def export_marts(warehouse: Path, folder: Path) -> list[str]:
    """Write each table of the schema `marts` to `folder/<table>.parquet`, ordered by all columns.

    Returns:
        The names of the tables, sorted.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # One thread: row groups are then cut at the same rows on every machine.
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "select table_name from duckdb_tables() where schema_name = ? order by 1",
                [MARTS_SCHEMA],
            ).fetchall()
        ]
        for table in tables:
            _export(connection, f"{MARTS_SCHEMA}.{table}", folder)
    return tables


def export_table(warehouse: Path, name: str, folder: Path) -> None:
    """Write one table, `schema.table`, to `folder/<table>.parquet`, ordered by all columns."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        _export(connection, name, folder)


def _export(connection: duckdb.DuckDBPyConnection, name: str, folder: Path) -> None:
    path = str(folder / f"{name.partition('.')[2]}.parquet").replace("'", "''")
    connection.execute(
        f"copy (select * from {name} order by all) to '{path}' (format parquet, compression zstd)"
    )


def file_hash(path: Path) -> str:
    """Sha256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parquet_hashes(folder: Path) -> dict[str, str]:
    """Sha256 of each Parquet file in `folder`, by file name."""
    return {path.name: file_hash(path) for path in sorted(folder.glob("*.parquet"))}


def marts_fingerprint(folder: Path) -> str:
    """Sha256 over the names and bytes of all Parquet files in `folder`."""
    lines = (f"{name} {content}\n" for name, content in parquet_hashes(folder).items())
    return hashlib.sha256("".join(lines).encode()).hexdigest()
