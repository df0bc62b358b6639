"""Delimited text to a `Table`: records, widths and physical lines, quoted line ends included.

The scan is columnar. Text whose quotes are not used as CSV has it goes through the row-wise CSV
reader first and is written again cleanly. Does not belong here: encodings, the choice of the
separator, what a column means.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ingestion.readers.outcome import RefusedFile
from ingestion.readers.table import Ints, Table

_CHUNK = 1 << 22
_THREADS = 2  # numpy lets go of the interpreter while it compares
_QUOTE, _LF, _CR = ord('"'), ord("\n"), ord("\r")
LONGEST_LINE = 1 << 20  # bytes
# The reader's own limit is lower than what people paste into a description.
csv.field_size_limit(LONGEST_LINE)
_SENTINEL = "\ue000end\ue000"
_UNCLOSED = (
    "a quote opened at line {line} is never closed, so rows run into one another; "
    "export the file again or close the quote"
)


def read_delimited(data: bytes, separator: str) -> Table:
    """Find the records of clean UTF-8 delimited text.

    Args:
        data: clean UTF-8 text.
        separator: one ASCII character.

    Returns:
        The table, a record for each line, blank lines included.

    Raises:
        RefusedFile: for an unclosed quote or a record too long to be one.
    """
    scanned = _scan(data, ord(separator))
    if scanned is None:
        data, lines = _rewrite(data, separator)
        scanned = _scan(data, ord(separator))
        if scanned is None:
            raise RefusedFile("the quotes of the file cannot be read; export the file again")
        scanned = (*scanned[:3], lines)
    table = Table(None, data, separator, *scanned)
    is_long = table.ends - table.starts > LONGEST_LINE
    if is_long.any():
        raise too_long(int(table.lines[is_long.argmax()]))
    return table


def _scan(data: bytes, separator: int) -> tuple[Ints, Ints, Ints, Ints] | None:
    """Spans, widths and lines of all records; None where the text needs the row-wise reader."""
    buffer = np.frombuffer(data, dtype=np.uint8)
    starts = range(0, len(buffer), _CHUNK)
    with ThreadPoolExecutor(_THREADS) as pool:
        quotes = pool.map(
            lambda start: np.count_nonzero(buffer[start : start + _CHUNK] == _QUOTE), starts
        )
        parities = np.concatenate(([0], np.cumsum(list(quotes), dtype=np.int64))) & 1
        if parities[-1]:
            return None
        pieces = pool.map(
            lambda start, parity: _scan_piece(buffer, start, int(parity), separator),
            starts,
            parities[:-1],
        )
        found = [piece for piece in pieces if piece is not None]
    return _records(data, found) if len(found) == len(starts) else None


@dataclass(frozen=True)
class _Piece:
    """A piece of the text: places of line ends, outside of quotes and all, and separators."""

    line_ends: Ints
    separators_before: Ints  # of each line end, from the start of the piece
    feeds: Ints
    separators: int


def _scan_piece(
    buffer: npt.NDArray[np.uint8], start: int, parity: int, separator: int
) -> _Piece | None:
    """One piece, of which `parity` tells whether it starts inside quotes; None as in `_scan`."""
    chunk = buffer[start : start + _CHUNK]
    is_special = chunk == _QUOTE
    for byte in (separator, _LF, _CR):
        is_special |= chunk == byte
    at = np.flatnonzero(is_special)
    kinds = chunk[at]
    at += start
    is_quote, is_feed = kinds == _QUOTE, kinds == _LF
    feeds = at[is_feed]
    if parity or is_quote.any():
        if not _quotes_are_regular(buffer, at[is_quote], parity, separator):
            return None
        is_outside = (np.cumsum(is_quote, dtype=np.uint8) & 1) == parity
        at, kinds, is_feed = at[is_outside], kinds[is_outside], is_feed[is_outside]
    after_return = at[kinds == _CR] + 1
    if (buffer[after_return[after_return < len(buffer)]] != _LF).any():
        return None  # a carriage return ends a line by itself
    is_separator = kinds == separator
    before = np.cumsum(is_separator, dtype=np.int32)
    return _Piece(at[is_feed], before[is_feed], feeds, int(before[-1]) if len(before) else 0)


def _records(data: bytes, pieces: Sequence[_Piece]) -> tuple[Ints, Ints, Ints, Ints]:
    empty = np.zeros(0, dtype=np.int64)
    ends = np.concatenate([empty, *(piece.line_ends for piece in pieces)])
    offsets = np.cumsum([0, *(piece.separators for piece in pieces)])
    before = np.concatenate(
        [empty, *(p.separators_before + o for p, o in zip(pieces, offsets, strict=False))]
    )
    if len(data) and (not len(ends) or ends[-1] != len(data) - 1):
        ends = np.append(ends, len(data))
        before = np.append(before, offsets[-1])
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else empty
    widths = np.diff(before, prepend=0) + 1
    feeds = np.concatenate([empty, *(piece.feeds for piece in pieces)])
    lines = np.searchsorted(feeds, starts) + 1
    buffer = np.frombuffer(data, dtype=np.uint8)
    if len(ends):
        ends = ends - ((ends > starts) & (buffer[np.maximum(ends - 1, 0)] == _CR))
    return starts.astype(np.int64), ends.astype(np.int64), widths, lines


def _quotes_are_regular(
    buffer: npt.NDArray[np.uint8], at: Ints, parity: int, separator: int
) -> bool:
    """Whether quotes open only at the start of a cell and close only at its end."""
    opening, closing = (at[1::2], at[::2]) if parity else (at[::2], at[1::2])
    edges = np.zeros(256, dtype=bool)
    edges[[separator, _LF, _CR, _QUOTE]] = True
    before = opening[opening > 0] - 1
    after = closing[closing < len(buffer) - 1] + 1
    return bool(edges[buffer[before]].all() and edges[buffer[after]].all())


def _rewrite(data: bytes, separator: str) -> tuple[bytes, Ints]:
    """Irregular text as regular CSV, by the row-wise reader; the line of each record beside it."""
    source = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")
    clean = io.BytesIO()
    out = io.TextIOWrapper(clean, encoding="utf-8", newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    lines: list[int] = []
    for line, row in row_by_row(source, separator):
        lines.append(line)
        writer.writerow(row)
    out.flush()
    return clean.getvalue(), np.array(lines, dtype=np.int64)


def row_by_row(source: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Records of text whose quotes are irregular, each with its first physical line, from 1.

    Args:
        source: the physical lines.
        separator: one ASCII character.

    Raises:
        RefusedFile: at the end at the latest, for a quote that is never closed.
    """
    record: list[str] = []  # the physical lines of the record that is being read
    reader = csv.reader(_with_sentinel(source, record), delimiter=separator)
    widths: Counter[int] = Counter()
    swallowing: list[tuple[int, int]] = []  # (line, width) of records over several lines
    line = last = 0
    is_closed = False
    try:
        for row in reader:
            line, last = last + 1, reader.line_num
            if row == [_SENTINEL]:
                is_closed = True
                break
            if last > line:
                _check_long_record(record, separator, line)
                swallowing.append((line, len(row)))
            record.clear()
            widths[len(row)] += 1
            yield line, row
    except csv.Error as error:
        raise RefusedFile(_UNCLOSED.format(line=last + 1)) from error
    if not is_closed:
        raise RefusedFile(_UNCLOSED.format(line=max(line, 1)))
    # Quotes are irregular here: a record over several lines whose width is wrong is no long cell,
    # it has swallowed its neighbours.
    usual = widths.most_common(1)[0][0] if widths else 0
    for line, width in swallowing:
        if width != usual:
            raise RefusedFile(_UNCLOSED.format(line=line))


def _with_sentinel(lines: Iterable[str], record: list[str]) -> Iterator[str]:
    """The lines and one more, which an unclosed quote would swallow; each is noted in `record`."""
    for line in lines:
        whole = line if line.endswith(("\n", "\r")) else line + "\n"
        record.append(whole)
        yield whole
    yield _SENTINEL


def _check_long_record(record: list[str], separator: str, line: int) -> None:
    """Refuse a record over several lines that ends at a quote opening another cell."""
    try:
        list(csv.reader(record, delimiter=separator, strict=True))
    except csv.Error as error:
        raise RefusedFile(_UNCLOSED.format(line=line)) from error


def check_line_length(data: bytes) -> None:
    """Refuse text whose lines are no lines at all.

    Args:
        data: the beginning of a file.

    Raises:
        RefusedFile: naming the first line that is longer than a megabyte.
    """
    for number, line in enumerate(data.replace(b"\r", b"\n").split(b"\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise too_long(number)


def too_long(line: int) -> RefusedFile:
    """What to raise for a line, counted from 1, that is longer than a megabyte."""
    return RefusedFile(
        f"line {line} is longer than a megabyte, so this is no table; export the file again"
    )
