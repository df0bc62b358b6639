"""Decisions of task_map.csv on labels that no file holds: misspelt, or no longer exported.

They stay, as the file may come back. Does not belong here: what a decision may say (decisions).
Labels of interviews are not known before the interviews are read (llm_enrichment).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from ingestion.folding import folded_key
from ingestion.redaction import Redactor

_TABLES = {"form": "form_tasks", "timesheet": "timesheet_entries", "deliverable": "deliverables"}
_SHOWN = 10


def unused_labels(
    task_map: Iterable[Mapping[str, Any]],
    files: Iterable[Mapping[str, pl.DataFrame]],
    redactor: Redactor,
) -> list[str]:
    """One warning about all of them, or none; it may hold names, as labels do.

    Args:
        task_map: rows of task_map.csv.
        files: tables of each file.
        redactor: what the files' labels went through.
    """
    decided = [row for row in task_map if row["source"] in _TABLES]
    if not decided:
        return []
    frames = list(files)
    held = {
        source: {
            _key(label)
            for frame in frames
            if table in frame
            for label in frame[table]["label"].drop_nulls().unique().to_list()
        }
        for source, table in _TABLES.items()
    }
    written = pl.Series([row["label"] for row in decided], dtype=pl.String)
    as_stored = redactor.redact_series(written).to_list()
    unused = [
        f"{row['source']} «{row['label']}»"
        for row, label in zip(decided, as_stored, strict=True)
        if _key(label) not in held[row["source"]]
    ]
    if not unused:
        return []
    more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
    return [
        f"decisions/task_map.csv: no file holds {', '.join(unused[:_SHOWN])}{more}; correct the "
        "spelling, or leave it for files to come"
    ]


def _key(label: str) -> str:
    return folded_key(label) or label
