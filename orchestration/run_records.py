"""Dagster's records of runs: SQLite files that the work does not depend on.

A damaged one is set aside and Dagster starts it anew: history is lost, nothing else. Does not
belong here: what Dagster stores, and how (event_log).
"""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

_WAIT_SECONDS = 60


def set_aside_damaged(dagster_home: Path) -> list[str]:
    """Rename each damaged database below Dagster's home; returns their paths below it."""
    damaged = [
        path
        for path in sorted(dagster_home.rglob("*.db"))
        if ".damaged-" not in path.name and not _is_sound(path)
    ]
    for path in damaged:
        for part in path.parent.glob(f"{path.name}*"):
            if ".damaged-" not in part.name:
                part.rename(part.with_name(f"{part.name}.damaged-{time.time_ns()}"))
    return [str(path.relative_to(dagster_home)) for path in damaged]


def is_about_damage(error: BaseException) -> bool:
    """Whether an error, or what caused it, is SQLite's on a file that is no sound database."""
    return any(type(cause) is sqlite3.DatabaseError for cause in causes(error))


def causes(error: BaseException) -> list[BaseException]:
    """An error and what led to it, as Python and SQLAlchemy chain them; chains may be circular."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or any(one is known for known in found):
            continue
        found.append(one)
        waiting += [getattr(one, "orig", None), one.__cause__, one.__context__]
    return found


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS)) as connection:
            return bool(connection.execute("pragma quick_check").fetchone() == ("ok",))
    except sqlite3.OperationalError:  # busy, or the disk is full: not the file's fault
        return True
    except sqlite3.DatabaseError:
        return False
