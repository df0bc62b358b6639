"""Files already read, identified and redacted, so that the same content is not parsed again.

Entries hold no names and no pseudonyms: people are lines of the roster, and the roster is part of
the key; names of others are keyed hashes. A damaged entry is said so and made again. Does not
belong here: what is in an entry (prepared).
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from ingestion import atomic
from ingestion.parsed import FileStatus
from ingestion.prepared import PreparedFile

_META = "meta.json"
_QUARANTINED = "quarantined"


@cache
def parser_version() -> str:
    """A hash over the code of this package: changed code parses again."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(p for p in root.rglob("*") if p.suffix == ".py"):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def content_key(*parts: Any) -> str:
    """SHA-256 of JSON data, dates as text."""
    body = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(body.encode()).hexdigest()


class ParsedCache:
    """Entries of one engagement under `lake/<engagement>/parsed/`."""

    def __init__(self, folder: Path, say: Callable[[str], None]) -> None:
        """Use a folder, which need not exist yet."""
        self._folder, self._say = folder, say

    def get(self, key: str) -> PreparedFile | None:
        """The entry of a key, None if there is none or if it is damaged."""
        entry = self._folder / key
        if not entry.is_dir():
            return None
        try:
            return _read(entry)
        except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError):
            self._say(f"cache entry {key[:12]} is damaged; the file is read again")
            atomic.remove_folder(entry)
            return None

    def put(self, key: str, prepared: PreparedFile) -> None:
        """Store an entry, whole or not at all, in place of one that is there."""
        if (self._folder / key).is_dir():
            atomic.remove_folder(self._folder / key)
        atomic.write_folder(
            self._folder / key, lambda folder: _write(folder, prepared), is_durable=False
        )

    def keep_only(self, keys: set[str]) -> None:
        """Drop entries that the present inbox does not use: nothing outlives its file."""
        if self._folder.is_dir():
            for entry in self._folder.iterdir():
                if entry.name not in keys:
                    atomic.remove_folder(entry)


def _write(folder: Path, prepared: PreparedFile) -> None:
    frames = prepared.frames | {_QUARANTINED: prepared.quarantined.drop("mend")}
    hashes = {}
    for name, frame in frames.items():
        path = folder / f"{name}.arrow"  # written in half the time of Parquet
        frame.write_ipc(path, compression="zstd")
        hashes[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    meta = {
        "kind": prepared.kind, "tool": prepared.tool, "status": str(prepared.status),
        "reason": prepared.reason, "rows_in": prepared.rows_in, "non_data": prepared.non_data,
        "speakers": prepared.speakers, "warnings": prepared.warnings, "frames": hashes,
        "strangers": sorted(prepared.strangers), "masked": prepared.masked,
    }  # fmt: skip
    body = json.dumps(meta, ensure_ascii=False, sort_keys=True)
    checked = {"meta": meta, "sha256": hashlib.sha256(body.encode()).hexdigest()}
    (folder / _META).write_text(json.dumps(checked, ensure_ascii=False, sort_keys=True))


def _read(entry: Path) -> PreparedFile:
    checked = json.loads((entry / _META).read_text())
    meta = checked["meta"]
    body = json.dumps(meta, ensure_ascii=False, sort_keys=True)
    if hashlib.sha256(body.encode()).hexdigest() != checked["sha256"]:
        raise ValueError("changed meta data")
    frames = {}
    for name, expected in meta["frames"].items():
        stored = (entry / f"{name}.arrow").read_bytes()
        if hashlib.sha256(stored).hexdigest() != expected:
            raise ValueError(f"changed frame {name}")
        frames[name] = pl.read_ipc(stored)
    quarantined = frames.pop(_QUARANTINED).with_columns(mend=pl.lit("", dtype=pl.String))
    return PreparedFile(
        kind=meta["kind"], tool=meta["tool"], status=FileStatus(meta["status"]),
        reason=meta["reason"], rows_in=meta["rows_in"], frames=frames, quarantined=quarantined,
        non_data=Counter(meta["non_data"]), speakers=meta["speakers"], warnings=meta["warnings"],
        strangers=frozenset(meta["strangers"]), masked=meta["masked"],
    )  # fmt: skip
