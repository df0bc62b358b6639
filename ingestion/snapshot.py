"""Snapshots: all raw tables of one state of an engagement folder, written once, whole.

Belongs here: `ingest` and what it writes to the lake. Does not belong here: what is in the tables
(config_tables, prepare_*, accounts) and the report of `check` (check).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion import atomic
from ingestion.accounts import (
    FileReport,
    non_data_rows,
    quarantined_table,
    report_of,
    source_file_row,
)
from ingestion.check import CheckReport, check
from ingestion.config_tables import config_tables, decision_tables, people_table
from ingestion.context import Context
from ingestion.parsed_cache import ParsedCache
from ingestion.pipeline import Inputs, Reader, Say, Settled, load_inputs, make_context, settle
from ingestion.readers import read_file
from ingestion.tables import RAW_TABLES
from ingestion.vault import Vault, load_vault, mark_lake, new_vault, save_vault

__all__ = ["CheckReport", "FileReport", "Snapshot", "check", "ingest"]

_REPORT = "snapshot.json"
_POLARS_TYPES: dict[pa.DataType, Any] = {
    pa.string(): pl.String, pa.int32(): pl.Int32, pa.float64(): pl.Float64, pa.bool_(): pl.Boolean,
    pa.date32(): pl.Date, pa.timestamp("us"): pl.Datetime("us"),
}  # fmt: skip
_ALL_DISTINCT = ("entry_id", "row_number")
_INBOX_TABLES = (
    "timesheet_entries", "form_responses", "form_tasks", "form_tools", "form_extra_answers",
    "deliverables", "transcripts", "turns",
)  # fmt: skip


@dataclass(frozen=True)
class Snapshot:
    """A complete snapshot.

    Attributes:
        folder: holds one Parquet file per table of `RAW_TABLES`.
        snapshot_id: content hash of all inputs and the code that read them.
        files: the account of each inbox file, in natural order of their paths.
        warnings: for people, without names.
        losses: those of them that tell of less than before.
        is_new: whether it was read now; otherwise it was there.
    """

    folder: Path
    snapshot_id: str
    files: list[FileReport]
    warnings: list[str]
    losses: list[str]
    is_new: bool


def _silent(_: str) -> None:
    """Where nobody wants to hear of progress."""


def ingest(
    engagement_folder: Path,
    lake: Path,
    vault: Path,
    progress: Callable[[str], None] | None = None,
    read: Reader = read_file,
) -> Snapshot:
    """Write the raw tables of an engagement folder, or reuse those of the same content.

    One call per engagement at a time; the caller holds a lock.

    Args:
        engagement_folder: what people write.
        lake: raw tables and cache go to `lake/<engagement>/`.
        vault: folder of the pseudonyms.
        progress: hears what is done, without names.
        read: reads one file.

    Returns:
        The complete snapshot.

    Raises:
        InputError: for whatever a person can mend; nothing is written then.
    """
    say: Say = progress or _silent
    inputs = load_inputs(engagement_folder)
    engagement = inputs.config.engagement
    for below in ("snapshots", "parsed", "."):
        atomic.remove_leftovers(lake / engagement / below)
    atomic.remove_leftovers(vault, f"{engagement}.json")
    pseudonyms = _admit(inputs, vault, lake)
    snapshot_id = inputs.snapshot_id(pseudonyms)
    folder = lake / engagement / "snapshots" / snapshot_id
    known = _read_report(folder, inputs, say)
    if known is not None:
        say("inputs unchanged: the snapshot is there already")
        return known
    context = make_context(inputs, pseudonyms)
    cache = ParsedCache(lake / engagement / "parsed", say)
    settled = settle(inputs, context, read, cache, say)
    context = context.with_strangers(settled.strangers)
    # A guessed mapping is for `check`: headers of a stranger's file may be names.
    reports = [replace(report_of(*entry), guess=None) for entry in settled.files]
    say("writing raw tables")
    atomic.write_folder(
        folder, lambda target: _write_tables(target, inputs, context, settled, reports)
    )
    return Snapshot(folder, snapshot_id, reports, settled.warnings, settled.losses, is_new=True)


def _admit(inputs: Inputs, vault: Path, lake: Path) -> Vault:
    """The vault with everybody of the roster in it; written before anything refers to it."""
    engagement = inputs.config.engagement
    stored = load_vault(vault, lake, engagement)
    pseudonyms = stored or new_vault()
    if pseudonyms.admit(inputs.roster) or stored is None:
        save_vault(pseudonyms, vault, lake, engagement)
    else:
        mark_lake(pseudonyms, lake, engagement)
    return pseudonyms


def _write_tables(
    folder: Path, inputs: Inputs, context: Context, settled: Settled, reports: list[FileReport]
) -> None:
    engagement = inputs.config.engagement
    pseudonyms = context.vault.people
    rows = config_tables(inputs.config)
    rows |= {"people": people_table(inputs.roster, pseudonyms)}
    rows |= decision_tables(inputs.decisions, context.redactor) | inputs.frozen
    files = settled.first_of_each()
    rows["source_files"] = [source_file_row(*entry, context.redactor) for entry in files]
    rows["non_data_rows"] = non_data_rows(files)
    frames = _inbox_frames(settled, inputs, pseudonyms)
    frames["quarantined_rows"] = quarantined_table(files)
    for table, schema in RAW_TABLES.items():
        if table not in frames:
            # Through polars, as pyarrow would import pandas for a list, which takes seconds.
            columns = {column.name: _POLARS_TYPES[column.type] for column in schema}
            frames[table] = pl.DataFrame(rows.get(table, []), schema=columns, orient="row")
        _write_frame(folder, table, frames[table], engagement)
    _write_report(folder, settled, reports)


def _inbox_frames(
    settled: Settled, inputs: Inputs, pseudonyms: dict[str, str]
) -> dict[str, pl.DataFrame]:
    """Rows of all files by raw table, ordered by file hash and row."""
    people = pl.DataFrame(
        {
            "person_line": [person.line for person in inputs.roster],
            "person_id": [pseudonyms[person.email] for person in inputs.roster],
        },
        schema={"person_line": pl.Int32, "person_id": pl.String},
    )
    frames: dict[str, pl.DataFrame] = {}
    for table in _INBOX_TABLES:
        parts = []
        for file, content in settled.first_of_each():
            frame = content.frames.get(table)
            if frame is None:
                continue
            if "row_number" in frame.columns:
                frame = frame.sort("sheet", "row_number", maintain_order=True)
            if "person_line" in frame.columns:
                frame = frame.join(people, on="person_line", how="left", maintain_order="left")
            parts.append(
                frame.with_columns(
                    file_hash=pl.lit(file.sha256), tool=pl.lit(content.tool, dtype=pl.String)
                )
            )
        if parts:
            frames[table] = pl.concat(parts, how="diagonal")
    return frames


def _write_frame(folder: Path, table: str, frame: pl.DataFrame, engagement: str) -> None:
    schema = RAW_TABLES[table]
    stamped = frame.with_columns(engagement_id=pl.lit(engagement))
    missing = [name for name in schema.names if name not in stamped.columns]
    complete = stamped.with_columns([pl.lit(None).alias(name) for name in missing])
    arrow = complete.select(schema.names).to_arrow()
    pq.write_table(
        arrow.cast(schema),
        folder / f"{table}.parquet",
        compression="zstd",
        # Tables are read whole, and a value for each row fills a dictionary in vain.
        use_dictionary=[name for name in schema.names if name not in _ALL_DISTINCT],
        write_statistics=False,
    )


def _write_report(folder: Path, settled: Settled, reports: list[FileReport]) -> None:
    """What a later run needs to reuse the snapshot; paths stay out, they may be names."""
    files: list[dict[str, Any]] = []
    for (file, content), report in zip(settled.files, reports, strict=True):
        # Messages may quote the file; they are built again from the raw reason.
        reason = content.reason.replace(file.path.name, "{file}")
        files.append(asdict(replace(report, path="", reason=reason)))
    hashes = {path.name: _sha256(path) for path in sorted(folder.glob("*.parquet"))}
    told = {"warnings": settled.warnings, "losses": settled.losses}
    body = {"files": files, **told, "tables": hashes}
    (folder / _REPORT).write_text(json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1))


def is_whole(folder: Path) -> bool:
    """Whether a snapshot is there, each table as it was written."""
    try:
        _sound_report(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _sound_report(folder: Path) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((folder / _REPORT).read_text())
    if set(body["tables"]) != {f"{table}.parquet" for table in RAW_TABLES}:
        raise ValueError("tables are missing")
    for name, expected in body["tables"].items():
        if _sha256(folder / name) != expected:
            raise ValueError(f"{name} was changed")
    return body


def _read_report(folder: Path, inputs: Inputs, say: Say) -> Snapshot | None:
    """The snapshot in a folder; one that is damaged is said so and removed."""
    if not folder.is_dir():
        return None
    try:
        body = _sound_report(folder)
        files = [
            FileReport(**(entry | {
                "path": file.relative,
                "reason": entry["reason"].replace("{file}", file.below_kind),
            }))
            for entry, file in zip(body["files"], inputs.inbox.files, strict=True)
        ]  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError) as error:
        say(f"snapshot {folder.name} is damaged ({type(error).__name__}); it is written again")
        atomic.remove_folder(folder)
        return None
    return Snapshot(folder, folder.name, files, body["warnings"], body["losses"], is_new=False)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
