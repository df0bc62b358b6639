"""Validated answers, one row per item, so that nothing is paid for twice.

Belongs here: naming, reading and writing answers. Does not belong here: what makes one valid.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

_FILE = "answers.sqlite"
_BUSY_SECONDS = 60


class Cache:
    """Answers by key; a key holds model, prompt, schema, parameters and text."""

    def __init__(self, folder: Path) -> None:
        """Open the file of `folder`, which is made where it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(
            folder / _FILE, timeout=_BUSY_SECONDS, isolation_level=None
        )
        self._connection.execute("pragma journal_mode = wal")
        self._connection.execute("pragma synchronous = normal")
        self._connection.execute(
            "create table if not exists answers (key text primary key, answer text not null)"
        )

    @staticmethod
    def key(*parts: str) -> str:
        """Return the name of an answer."""
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def read(self, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Return the answers that are there, by key."""
        rows = self._connection.execute(
            "select key, answer from answers where key in (select value from json_each(?))",
            [json.dumps(list(keys))],
        )
        found = {key: json.loads(answer) for key, answer in rows}
        return {key: answer for key, answer in found.items() if isinstance(answer, dict)}

    def write(self, answers: Mapping[str, Mapping[str, Any]]) -> None:
        """Keep answers, all or none of them."""
        rows = [(key, json.dumps(answer, ensure_ascii=False)) for key, answer in answers.items()]
        self._connection.execute("begin immediate")
        self._connection.executemany("insert or replace into answers values (?, ?)", rows)
        self._connection.execute("commit")

    def forget(self, is_doomed: Callable[[str], bool]) -> int:
        """Delete the answers whose JSON text is doomed, from the file's bytes too; their number."""
        rows = self._connection.execute("select key, answer from answers").fetchall()
        doomed = [(key,) for key, answer in rows if is_doomed(answer)]
        self._connection.execute("begin immediate")
        self._connection.executemany("delete from answers where key = ?", doomed)
        self._connection.execute("commit")
        # What was deleted stays in free pages and in the log until both are written anew.
        self._connection.execute("vacuum")
        self._connection.execute("pragma wal_checkpoint(truncate)")
        return len(doomed)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
