"""The published marts of the demo, for reading."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

Query = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def published(demo_home: Path) -> Iterator[Query]:
    """Rows of the current publication, by SQL."""
    folder = demo_home / "published" / "belle-ardoise"
    month = (folder / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(folder / month / "marts.duckdb"), read_only=True) as connection:

        def query(sql: str) -> list[dict[str, Any]]:
            result = connection.execute(sql)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

        yield query
