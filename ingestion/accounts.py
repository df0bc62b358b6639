"""The account of each inbox file: what was in it and what became of every row.

Belongs here: the report per file and the raw tables of accounting. Does not belong here: deciding
what becomes of a row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ingestion.inbox import InboxFile
from ingestion.parsed import FileStatus
from ingestion.prepared import PreparedFile
from ingestion.redaction import Redactor

_DAYS = {"timesheets": "worked_on", "forms": "submitted_at", "deliverables": "delivered_on"}


@dataclass
class FileReport:
    """One file of the inbox, as `jalon check` shows it; `path` is relative to the inbox.

    `turns` are those that the file holds, also while it is held because its phase is not declared.
    """

    path: str
    kind: str
    tool: str
    status: str
    reason: str
    rows_in: int
    rows_loaded: int
    rows_quarantined: int
    rows_declared_non_data: int
    reasons: dict[str, int] = field(default_factory=dict)
    non_data: dict[str, int] = field(default_factory=dict)
    hours: float | None = None
    turns: int | None = None
    speakers: int | None = None
    guess: dict[str, str] | None = None


def report_of(file: InboxFile, content: PreparedFile) -> FileReport:
    """The account of one file.

    Raises:
        AssertionError: a row is not accounted for, which is a defect of a reader.
    """
    report = FileReport(
        path=file.relative,
        kind=content.kind,
        tool=content.tool,
        status=str(content.status),
        reason=content.reason.replace("{file}", file.below_kind),
        rows_in=content.rows_in,
        rows_loaded=content.rows_loaded,
        rows_quarantined=content.quarantined.height,
        rows_declared_non_data=content.non_data.total(),
        reasons=dict(content.reasons),
        non_data=dict(sorted(content.non_data.items())),
        guess=content.guess,
    )
    explained = report.rows_loaded + report.rows_quarantined + report.rows_declared_non_data
    if explained != report.rows_in:
        raise AssertionError(
            f"{file.label}: {report.rows_in} rows in, {explained} explained; the reader of "
            f"{content.kind} ({content.tool or 'no tool'}) lost count"
        )
    if content.kind == "timesheets":
        report.hours = _hours(content)
    if content.kind == "transcripts":
        is_held = content.status is FileStatus.HELD  # for its phase: the turns are there
        report.turns = report.rows_loaded + (report.rows_quarantined if is_held else 0)
        report.speakers = content.speakers
    return report


def _hours(content: PreparedFile) -> float:
    return 0.0 if content.main is None else round(float(content.main["hours"].sum()), 6)


def source_file_row(file: InboxFile, content: PreparedFile, redactor: Redactor) -> dict[str, Any]:
    """The row of `source_files`; its reason names neither the file nor anybody."""
    report = report_of(file, content)
    first_on, last_on = _period(content)
    reason = content.reason.replace("{file}", file.label).replace(file.path.name, file.label)
    return {
        "file_hash": file.sha256, "source_file": file.label, "kind": report.kind,
        "tool": report.tool or None, "status": report.status,
        "reason": redactor.redact(reason) or None, "rows_in": report.rows_in,
        "rows_loaded": report.rows_loaded, "rows_quarantined": report.rows_quarantined,
        "rows_declared_non_data": report.rows_declared_non_data,
        "first_reason": _first_reason(content), "hours": report.hours,
        "turns_count": None if report.turns is None else report.rows_loaded,
        "first_on": first_on, "last_on": last_on,
    }  # fmt: skip


def _first_reason(content: PreparedFile) -> str | None:
    if content.quarantined.is_empty():
        return None
    return str(content.quarantined.sort("row_number", "reason")["reason"][0])


def _period(content: PreparedFile) -> tuple[Any, Any]:
    if content.main is None:
        return None, None
    if content.kind == "transcripts":
        days = content.frames["transcripts"]["interviewed_on"]
    else:
        days = content.main[_DAYS[content.kind]].cast(pl.Date)
    return days.min(), days.max()


def quarantined_table(files: Sequence[tuple[InboxFile, PreparedFile]]) -> pl.DataFrame:
    """`quarantined_rows`: places and reasons, no text of any row."""
    return pl.concat(
        [
            content.quarantined.select(
                pl.lit(file.sha256).alias("file_hash"), "sheet", "row_number", "reason"
            ).sort("sheet", "row_number", "reason", nulls_last=False)
            for file, content in files
        ]
        or [
            pl.DataFrame(
                schema={
                    "file_hash": pl.String, "sheet": pl.String, "row_number": pl.Int32,
                    "reason": pl.String,
                }
            )
        ]
    )  # fmt: skip


def non_data_rows(files: Iterable[tuple[InboxFile, PreparedFile]]) -> list[dict[str, Any]]:
    """`non_data_rows`: declared non-data by file and reason."""
    return [
        {"file_hash": file.sha256, "reason": reason, "rows_count": count}
        for file, content in files
        for reason, count in sorted(content.non_data.items())
        if count
    ]
