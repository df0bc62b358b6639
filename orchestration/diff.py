"""`jalon diff`: which published figures differ between two builds, and because of what."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

# Tolerances within which two figures are the same (model.md).
_RELATIVE, _ABSOLUTE = 1e-9, 1e-7
# Text that changes with every build is no figure.
_NOT_COMPARED = {"fct_quality_results"}
# The same in all rows of a build: neither part of a key nor a figure.
_OF_THE_BUILD = {"engagement_id", "as_of_month"}
# What a reader asks about first.
_FIRST = ["fct_roi_scenarios", "fct_impact_effects", "fct_matrix", "fct_baseline"]


@dataclass(frozen=True)
class Change:
    """One figure that differs: its metric id and both values, or `row` and `no row`."""

    metric: str
    before: Any
    after: Any


def causes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What differs in the manifests: month, inputs, decisions and config, code."""
    told: list[str] = []
    if before["month"] != after["month"]:
        told.append(f"as of {before['month']} against {after['month']}")
    if before["code_version"] != after["code_version"]:
        told.append(f"code {before['code_version']} against {after['code_version']}")
    inputs = [{f["sha256"]: f["source_file"] for f in m["inputs"]} for m in (before, after)]
    gone = sorted(inputs[0][h] for h in inputs[0].keys() - inputs[1].keys())
    come = sorted(inputs[1][h] for h in inputs[1].keys() - inputs[0].keys())
    told += [f"input file gone: {name}" for name in gone]
    told += [f"input file new: {name}" for name in come]
    decided = [m.get("decisions", {}) for m in (before, after)]
    moved = sorted(
        name for name in decided[0].keys() | decided[1].keys()
        if decided[0].get(name) != decided[1].get(name)
    )  # fmt: skip
    if moved:
        told.append(f"config or decisions changed: {', '.join(moved)}")
    elif before["snapshot_id"] != after["snapshot_id"] and not gone and not come:
        told.append("roster or sources changed")
    elif before["enrichment_id"] != after["enrichment_id"] and not gone and not come:
        told.append("tags, matches or facts changed")
    return told or ["the same inputs, decisions and code"]


def changed_figures(before: Path, after: Path) -> list[Change]:
    """Figures of all marts that differ between two published builds, the scenarios first."""
    tables = [
        {path.stem: path for path in (folder / "marts").glob("*.parquet")}
        for folder in (before, after)
    ]
    changes: list[Change] = []
    with duckdb.connect() as connection:
        both = (tables[0].keys() & tables[1].keys()) - _NOT_COMPARED
        for table in [t for t in _FIRST if t in both] + sorted(both - set(_FIRST)):
            changes += _changed(connection, table, tables[0][table], tables[1][table])
    return changes


def _changed(
    connection: duckdb.DuckDBPyConnection, table: str, before: Path, after: Path
) -> list[Change]:
    rows = [_rows(connection, path) for path in (before, after)]
    columns = [name for name in rows[0][0] if name in rows[1][0]]
    key = key_columns(columns, [rows[0][1], rows[1][1]])
    by_key = [{tuple(row[k] for k in key): row for row in side[1]} for side in rows]
    changes: list[Change] = []
    for values in sorted(by_key[0].keys() | by_key[1].keys(), key=str):
        sides = [side.get(values) for side in by_key]
        named = ",".join(f"{k}={v}" for k, v in zip(key, values, strict=True))
        if None in sides:
            whole = ("no row", "row") if sides[0] is None else ("row", "no row")
            changes.append(Change(f"{table}[{named}]", *whole))
            continue
        for column in columns:
            if column in key or column in _OF_THE_BUILD:
                continue
            pair = [side[column] for side in sides if side]
            if not _same(pair[0], pair[1]):
                changes.append(Change(f"{table}.{column}[{named}]", pair[0], pair[1]))
    return changes


def _rows(
    connection: duckdb.DuckDBPyConnection, path: Path
) -> tuple[list[str], list[dict[str, Any]]]:
    cursor = connection.execute("select * from read_parquet(?)", [str(path)])
    columns = [description[0] for description in cursor.description or []]
    return columns, [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def key_columns(columns: list[str], sides: list[list[dict[str, Any]]]) -> list[str]:
    """The shortest run of leading columns that tells the rows of each side apart."""
    candidates = [c for c in columns if c not in _OF_THE_BUILD]
    for length in range(1, len(candidates) + 1):
        key = candidates[:length]
        if all(len({tuple(r[k] for k in key) for r in side}) == len(side) for side in sides):
            return key
    return candidates


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, float) and isinstance(after, float):
        return abs(before - after) <= max(_ABSOLUTE, _RELATIVE * max(abs(before), abs(after)))
    return bool(before == after)
