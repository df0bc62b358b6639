"""Entries that one file holds twice: exported, pasted or copied again.

Belongs here: repeats within a file. Does not belong here: newer exports in other files (overlaps).
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Sequence

import polars as pl

from ingestion.readers.layout import Account
from ingestion.readers.table import Table

_WHO_AND_WHEN = ("person", "person_2", "email", "first_name", "last_name", "date", "start_time")
# Two equal rows may be chance.
_SMALLEST_BLOCK = 3
Place = tuple[int, int]


def without_repeats(
    frame: pl.DataFrame, tables: Sequence[Table], headers: Sequence[Place], account: Account
) -> pl.DataFrame:
    """The entries of a file, each once.

    Args:
        frame: entries that can be loaded, in the order of the file.
        tables: the tables they come from.
        headers: (table, record) of the header rows that stand again below the first.
        account: takes what is left out, as `repeated_entry_id`, `repeated_row`, `repeated_block`.
    """
    for reason, find in (
        ("repeated_entry_id", _older_of_its_id),
        ("repeated_row", lambda rows: _started_before(rows, tables)),
        ("repeated_block", lambda rows: _in_block_before(rows, tables, headers)),
    ):
        is_repeat = find(frame)
        if count := int(is_repeat.sum()):
            account.non_data[reason] += count
            frame = frame.filter(~is_repeat)
    return frame


def _older_of_its_id(frame: pl.DataFrame) -> pl.Series:
    """Of entries with one id only the last stays: an export may hold an entry twice."""
    entry_id = frame.get_column("tool_entry_id")
    return entry_id.is_not_null() & ~entry_id.is_last_distinct()


def _started_before(frame: pl.DataFrame, tables: Sequence[Table]) -> pl.Series:
    """Nobody starts the same entry twice at one moment; without a time, equal rows are two."""
    is_repeat = pl.Series([False]).new_from_index(0, len(frame))
    if "start_time" not in frame.columns:
        return is_repeat
    names = [name for name in _WHO_AND_WHEN if name in frame.columns]
    is_timed = frame.get_column("start_time").fill_null("") != ""
    moments = frame.select(names).hash_rows()
    suspects = (is_timed & moments.is_duplicated()).arg_true()
    seen: set[tuple[int, bytes]] = set()
    found = []
    for index, place in zip(
        suspects, frame[suspects].select("table", "record").iter_rows(), strict=True
    ):
        # The whole row counts, columns that are not read too: entries may differ by a tag alone.
        row = place[0], _raw(tables, place)
        if row in seen:
            found.append(index)
        seen.add(row)
    return is_repeat.scatter(found, True) if found else is_repeat


def _in_block_before(
    frame: pl.DataFrame, tables: Sequence[Table], headers: Sequence[Place]
) -> pl.Series:
    """Whether a row stands in a block, below a header of its own, that repeats an earlier block."""
    again = sorted(headers)
    places = list(frame.select("table", "record").iter_rows()) if again else []
    blocks: dict[Place, Counter[bytes]] = defaultdict(Counter)
    keys = [(table, bisect(again, (table, record))) for table, record in places]
    for key, place in zip(keys, places, strict=True):
        blocks[key][_raw(tables, place)] += 1
    ordered = list(blocks)
    repeated = {
        key
        for i, key in enumerate(ordered)
        if blocks[key].total() >= _SMALLEST_BLOCK
        and any(blocks[key] <= blocks[earlier] for earlier in ordered[:i] if earlier[0] == key[0])
    }
    return pl.Series([key in repeated for key in keys] or [False] * len(frame), dtype=pl.Boolean)


def _raw(tables: Sequence[Table], place: Place) -> bytes:
    table, record = place
    found = tables[table]
    return found.data[int(found.starts[record]) : int(found.ends[record])]
