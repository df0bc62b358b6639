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
_DAMAGED = "answers.damaged.sqlite"
_BUSY_SECONDS = 60


class Cache:
    """Answers by key; a key holds model, prompt, schema, parameters and text."""

    def __init__(self, folder: Path, tell: Callable[[str], None] = lambda _: None) -> None:
        """Open the file of `folder`, which is made where it is not there.

        A damaged file is put aside, as it may hold answers that were paid for; `tell` says so.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._damaged = folder / _DAMAGED
        try:
            self._connection = _opened(folder / _FILE)
        except sqlite3.OperationalError:
            raise  # busy, read-only or full: the file itself is sound
        except sqlite3.DatabaseError:
            (folder / _FILE).replace(self._damaged)
            tell(f"{folder / _FILE} is damaged and was put aside as {_DAMAGED}; asking anew")
            self._connection = _opened(folder / _FILE)

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
        """Delete the answers whose JSON text is doomed, from the file's bytes too; their number.

        A damaged file that was put aside cannot be searched, and goes as a whole.
        """
        self._damaged.unlink(missing_ok=True)
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


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        if connection.execute("pragma quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check")
        connection.execute(
            "create table if not exists answers (key text primary key, answer text not null)"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection
