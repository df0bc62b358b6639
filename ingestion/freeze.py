"""The frozen baselines: approved folders under decisions/frozen/, their hashes and tables.

Belongs here: finding, checking and reading what `jalon freeze` wrote. Does not belong here: what is
frozen and when (orchestration).
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ingestion.errors import InputError
from ingestion.people_csv import Row, read_rows
from ingestion.tables import RAW_TABLES

FROZEN_FILES = ("teams", "baseline", "forecast", "assumptions", "tags")


def freeze_hash(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files of a frozen folder, sorted by name."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")):
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def frozen_columns(table: str) -> list[str]:
    """The columns of `<table>.csv` in a frozen folder."""
    named = RAW_TABLES[f"frozen_{table}"].names
    return [name for name in named if name not in ("engagement_id", "frozen_on")]


def load_frozen(
    folder: Path, approvals: Sequence[dict[str, Any]]
) -> tuple[dict[str, list[dict[str, Any]]], list[str]]:
    """The frozen baselines that approvals.csv approves; a build takes the last one of its month.

    Args:
        folder: the engagement folder.
        approvals: rows of `decision_approvals`.

    Returns:
        The `frozen_*` tables (none without an approved freeze), and warnings.

    Raises:
        InputError: an approved freeze is missing or was changed, or a file of it is wrong.
    """
    root = folder / "decisions" / "frozen"
    folders = {p: freeze_hash(p) for p in sorted(root.glob("*")) if p.is_dir()}
    for path in folders:
        _date_of(path)
    approved = {a["subject"] for a in approvals if a["what"] == "baseline_freeze"}
    if approved - set(folders.values()):
        changed = [p.name for p, value in folders.items() if value not in approved]
        what = f"decisions/frozen/{changed[-1]} was changed since" if changed else "it is missing"
        raise InputError(
            f"decisions/approvals.csv approves a frozen baseline that is not there as approved: "
            f"{what}; restore the folder, or freeze again and approve the new hash"
        )
    warnings = [
        f"decisions/frozen/{path.name} is not approved in decisions/approvals.csv and not used"
        for path, value in folders.items()
        if value not in approved
    ]
    usable = {path: value for path, value in folders.items() if value in approved}
    if not usable:
        return {}, warnings
    tables = {
        f"frozen_{name}": [row for path in usable for row in _read(path, name)]
        for name in FROZEN_FILES
    }
    tables["frozen_freezes"] = [
        {"frozen_on": _date_of(path), "freeze_hash": value} for path, value in usable.items()
    ]
    return tables, warnings


def _date_of(path: Path) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", path.name):
            return date.fromisoformat(path.name)
    except ValueError:
        pass
    raise InputError(f"decisions/frozen/{path.name}: the folder's name must be a date YYYY-MM-DD")


def _read(folder: Path, name: str) -> list[dict[str, Any]]:
    shown = f"decisions/frozen/{folder.name}/{name}.csv"
    if not (folder / f"{name}.csv").is_file():
        raise InputError(f"{shown} is missing; freeze again")
    columns = frozen_columns(name)
    rows = read_rows(folder / f"{name}.csv", shown, columns)
    schema = RAW_TABLES[f"frozen_{name}"]
    frozen_on = _date_of(folder)
    return [
        {"frozen_on": frozen_on, **{c: _cell(row, c, schema.field(c).type) for c in columns}}
        for row in rows
    ]


def _cell(row: Row, column: str, kind: pa.DataType) -> object:
    if pa.types.is_floating(kind):
        return row.number(column, float("-inf"))
    if pa.types.is_integer(kind):
        value = row.number(column, float("-inf"))
        return None if value is None else int(value)
    return row.text(column)
