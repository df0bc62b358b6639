"""Lines of the log: for people by default, one JSON object a line with JALON_LOG=json.

Whoever reads a log is not meant to read names: those of the rosters, and every e-mail address, are
masked in each line, and in the errors that Dagster stores. Does not belong here: what is said.
"""

import csv
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from orchestration.paths import Home
from orchestration.run_records import causes

MASK = "[person]"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_ERASE_LINE = "\r\x1b[K"
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_about: ContextVar[Mapping[str, Any]] = ContextVar("about", default=_NOTHING)


def is_json() -> bool:
    """Whether logs are for machines."""
    return os.environ.get("JALON_LOG", "").lower() == "json"


@contextmanager
def about(**fields: Any) -> Iterator[None]:
    """Fields that every line of the block carries, where logs are for machines."""
    token = _about.set({**_about.get(), **fields})
    try:
        yield
    finally:
        _about.reset(token)


def write(text: str, **fields: Any) -> None:
    """One line on standard error.

    Args:
        text: for people.
        fields: what machines read beside it; values that JSON knows.
    """
    if is_json():
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        told = {"at": at, "level": "info", **_about.get(), **fields, "message": text.strip()}
        # Not escaped: a name with an accent is recognised as it stands.
        line = json.dumps(told, ensure_ascii=False, default=str)
        sys.stderr.write(masked(line) + "\n")
    else:
        sys.stderr.write((_ERASE_LINE if sys.stderr.isatty() else "") + masked(text) + "\n")
    sys.stderr.flush()


def relay(lines: str) -> None:
    """Lines that another process wrote with `write`, as they are."""
    for line in lines.splitlines():
        if is_json() and line.startswith("{"):
            sys.stderr.write(line + "\n")
        else:
            write(line)


def masked(text: str) -> str:
    """`text` without e-mail addresses and names of the rosters."""
    home = Home.from_environment()
    for engagement in home.engagements():
        roster = home.engagement(engagement) / "roster.csv"
        if roster.is_file() and (names := _names_in(roster, roster.stat().st_mtime_ns)):
            text = names.sub(MASK, text)
    return _EMAIL.sub(MASK, text)


def mask_error(error: BaseException) -> None:
    """Mask the texts of an error and of what led to it, in place: its type says what it is."""
    for one in causes(error):
        one.args = tuple(masked(arg) if isinstance(arg, str) else arg for arg in one.args)


@lru_cache(maxsize=64)
def _names_in(roster: Path, _changed_ns: int) -> re.Pattern[str] | None:
    """Every name of a roster, in both orders; read as it is, for a broken one is logged too."""
    text = roster.read_bytes().decode("utf-8-sig", errors="replace")
    rows = list(csv.reader(text.splitlines(), delimiter=";" if ";" in text[:80] else ","))
    found = set()
    column = rows[0].index("name") if rows and "name" in rows[0] else 0
    for cell in {row[column].strip() for row in rows[1:] if len(row) > column}:
        words = cell.split()
        if len(words) > 1 and "@" not in cell:
            found |= {cell, " ".join([*words[1:], words[0]]), " ".join([words[-1], *words[:-1]])}
    listed = "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))
    return re.compile(listed, re.IGNORECASE) if found else None
