"""Files that were loaded last time and lie no longer in the inbox.

A file is told by its tool and period, as its name may be a person's and is not stored. One that was
renamed is still there; one in whose place stands as much of the same tool and period is not missed.
Does not belong here: which snapshot was the last one (orchestration).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

Row = Mapping[str, Any]
_COLUMNS = [
    "file_hash", "source_file", "kind", "tool", "rows_loaded", "hours", "first_on", "last_on",
]  # fmt: skip


def source_files(raw: Path) -> Sequence[Row]:
    """The files of a snapshot; none where it cannot be read."""
    try:
        return pl.read_parquet(raw / "source_files.parquet", columns=_COLUMNS).to_dicts()
    except (OSError, pl.exceptions.PolarsError):
        return []


def gone_files(before: Sequence[Row], now: Sequence[Row]) -> list[str]:
    """What of the files loaded before is missed now.

    Args:
        before: rows of `source_files` of the last snapshot.
        now: those of this one.

    Returns:
        A warning for each, without names.
    """
    there = {(row["kind"], row["file_hash"]) for row in now}
    warnings = []
    for row in before:
        if (row["kind"], row["file_hash"]) in there or not row["rows_loaded"]:
            continue
        was, left = (_amount(row["kind"], _beside(row, rows)) for rows in (before, now))
        if left < was:
            warnings.append(_told(row, was, left))
    return warnings


def _beside(gone: Row, rows: Sequence[Row]) -> list[Row]:
    """Rows of the same kind and tool whose period has a day in common; without days, those."""

    def is_beside(row: Row) -> bool:
        if (row["kind"], row["tool"]) != (gone["kind"], gone["tool"]):
            return False
        if gone["first_on"] is None or row["first_on"] is None:
            return gone["first_on"] is row["first_on"]
        return bool(row["first_on"] <= gone["last_on"] and row["last_on"] >= gone["first_on"])

    return [row for row in rows if is_beside(row)]


def _amount(kind: str, rows: Sequence[Row]) -> float:
    """Hours of timesheets, rows of everything else."""
    column = "hours" if kind == "timesheets" else "rows_loaded"
    return round(sum(row[column] or 0.0 for row in rows), 1)


def _told(gone: Row, was: float, left: float) -> str:
    first, last = gone["first_on"], gone["last_on"]
    period = "without dates" if first is None else f"{first} to {last}" if first != last else first
    rows = f"{gone['rows_loaded']} row{'s' * (gone['rows_loaded'] != 1)}"
    if gone["kind"] == "timesheets":
        rows += f" ({gone['hours']:.1f} h)"
        sums = f"{left:.1f} h, {was:.1f} h before"
    else:
        sums = f"{left:.0f} rows, {was:.0f} before"
    return (
        f"{gone['source_file']} ({gone['tool']}, {period}), loaded last time with {rows}, is no "
        f"longer in the inbox as it was: files of that tool and period now hold {sums}; "
        "put it back, or leave it if that is meant"
    )
