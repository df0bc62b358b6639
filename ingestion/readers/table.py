"""One table of text cells, each record with the physical line where it starts.

Whatever the file was (delimited text, a sheet), it becomes clean UTF-8 CSV with the spans of its
records, so that a million rows go to polars in one piece and an odd row can still be looked at by
itself. Does not belong here: what a column means.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Table:
    """The records of one table.

    Attributes:
        sheet: the sheet's name in a workbook of several, else None.
        data: clean UTF-8 CSV.
        separator: its separator, one character.
        starts, ends: span in bytes of each record, line end excluded.
        widths: number of cells of each record; 1 for a blank line.
        lines: 1-based physical line (text) or row (sheet) where each record starts.
        title: the sheet's name, also where it is the only one; "" for text.
    """

    sheet: str | None
    data: bytes
    separator: str
    starts: Ints
    ends: Ints
    widths: Ints
    lines: Ints
    title: str = ""

    def __len__(self) -> int:
        """Number of records, blank lines and headers included."""
        return len(self.starts)

    @property
    def is_open(self) -> bool:
        """Whether the last record has no line end: it may be cut."""
        return bool(len(self)) and self.data[-1:] not in (b"\n", b"\r")

    def cells(self, record: int) -> list[str]:
        """The cells of one record, stripped; empty for a blank line."""
        text = self.data[int(self.starts[record]) : int(self.ends[record])].decode()
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self.separator))
        return [strip(cell) for cell in rows[0]] if rows else []

    def is_blank(self, record: int) -> bool:
        """Whether no cell of the record holds anything."""
        length = self.ends[record] - self.starts[record]
        # A cell that holds nothing takes at most `"",`: three bytes.
        return bool(length <= 3 * self.widths[record] and not any(self.cells(record)))

    def columns(self, records: Ints, wanted: Mapping[str, int]) -> pl.DataFrame:
        """The wanted columns of some records as text, typed readers' input.

        Args:
            records: indices of records, ascending.
            wanted: name of the new column to index in the file, from 0.

        Returns:
            One row per record: `record` (index), `row_number`, and the wanted columns, stripped,
            "" where a cell is empty or the record is too short.
        """
        width = max(wanted.values(), default=0) + 1
        base = pl.DataFrame({"record": records, "row_number": self.lines[records].astype(np.int32)})
        if not len(records):
            return base.with_columns(pl.lit("").alias(name) for name in wanted)
        # Polars knows its columns by the first record: an artificial one shows the full width.
        full = max(width, int(self.widths[records].max()))
        first = (self.separator * (full - 1) + "\n").encode() if full > 1 else b'""\n'
        frame = pl.read_csv(
            self._joined(records, first),
            has_header=False,
            separator=self.separator,
            infer_schema=False,
            columns=sorted(set(wanted.values())),
            truncate_ragged_lines=False,
        )[1:]
        order = {column: i for i, column in enumerate(sorted(set(wanted.values())))}
        # In one selection, as polars then works on several columns at once.
        taken = frame.select(
            pl.nth(order[index]).fill_null("").str.strip_chars(self._marks).alias(name)
            for name, index in wanted.items()
        )
        return base.hstack(taken)

    @cached_property
    def _marks(self) -> str | None:
        """What to strip; white space alone, without a list, takes half the time."""
        return _SPACES if holds_any(self.data, _ZERO_WIDTH) else None

    def _joined(self, records: Ints, header: bytes) -> bytes:
        """`header` and the records as one CSV, runs of neighbours copied in one piece."""
        breaks = np.flatnonzero(np.diff(records) != 1) + 1
        firsts = records[np.concatenate(([0], breaks))]
        lasts = records[np.concatenate((breaks - 1, [len(records) - 1]))]
        view = memoryview(self.data)
        pieces: list[bytes | memoryview] = [header]
        for first, last in zip(firsts, lasts, strict=True):
            pieces += [view[int(self.starts[first]) : int(self.ends[last])], b"\n"]
        return b"".join(pieces)


# Zero-width marks come from web pages and phones.
_ZERO_WIDTH = "\u200b\u200e\u200f\ufeff"
# What counts as empty around a value: all white space of Unicode, and those marks.
_SPACES = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000" + _ZERO_WIDTH
)


def holds_any(data: bytes, characters: str) -> bool:
    """Whether one of some rare characters is in a text, however long.

    Their first bytes are looked for first: to find one byte is ten times as fast as to find three.
    """
    return any(c[:1] in data and c in data for c in map(str.encode, characters))


def strip(text: str) -> str:
    """The text without white space, non-breaking and zero-width characters around it."""
    return text.strip(_SPACES)


def first_records(table: Table, limit: int) -> Sequence[list[str]]:
    """The cells of the first records."""
    return [table.cells(i) for i in range(min(limit, len(table)))]
