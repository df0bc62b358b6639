"""Which character separates the cells of a text file.

csv.Sniffer, clevercsv and DuckDB's sniffer all fail on real exports, so each candidate is tried
with a real CSV reader and the most constant width wins. Does not belong here: reading the rows.
"""

import codecs
import csv
import io
import re
from itertools import islice
from typing import BinaryIO

from ingestion.readers.outcome import RefusedFile

CANDIDATES = ",;\t|"
_HEAD_LINES = 2000
_MOST_COLUMNS = 4000
_SPREAD_LINES = 1000
_HEAD_BYTES = 1 << 22
_LONG_LINE = 10_000
_SEP_LINE = re.compile(rb'^"?sep=(.)"?\r?(\n|$)', re.IGNORECASE)


def find_separator(text: BinaryIO) -> str:
    """The separator that a first line `sep=;` declares, else that of the most constant width.

    Args:
        text: in which separators and line ends are one byte; it is read here and there.

    Returns:
        The declared character or one of `CANDIDATES`.

    Raises:
        RefusedFile: where no candidate gives more than one column.
    """
    text.seek(0)
    head = text.read(_HEAD_BYTES).removeprefix(codecs.BOM_UTF8)
    if declared := _SEP_LINE.match(head):
        return declared[1].decode("latin-1")
    return _most_constant(head.decode(errors="ignore"), _spread_lines(text))


def _most_constant(head: str, spread: list[str]) -> str:
    best: tuple[float, float, int] | None = None
    chosen = ""
    for candidate in CANDIDATES:
        if candidate not in head and not any(candidate in line for line in spread):
            continue
        score = _score(head, spread, candidate)
        if score is not None and (best is None or score > best):
            best, chosen = score, candidate
    if not chosen:
        raise RefusedFile(
            "no column separator found (comma, semicolon, tab or |): this is no table, or a quote "
            "at its beginning is never closed; export the file as CSV"
        )
    return chosen


def _score(head: str, spread: list[str], candidate: str) -> tuple[float, float, int] | None:
    """Constancy of the width, agreement of the first rows, width; None for a single column."""
    try:
        reader = csv.reader(io.StringIO(head, newline=""), delimiter=candidate)
        widths = [len(row) for row in islice(reader, _HEAD_LINES) if any(row)]
        widths += [len(row) for row in csv.reader(spread, delimiter=candidate) if any(row)]
    except csv.Error:
        return None
    if not widths:
        return None
    if max(widths) > _MOST_COLUMNS:
        raise RefusedFile(f"a row has more than {_MOST_COLUMNS} columns: this is no export")
    wide = [width for width in widths if width > 1]
    if not wide:
        return None
    usual = max(set(wide), key=lambda width: (wide.count(width), width))
    # The header says how many columns there are: a decimal comma in every row does not.
    constancy = sum(width == usual for width in widths) / len(widths)
    leading = widths[:30]
    header = 1.0 if usual == leading[0] else (0.5 if usual == max(leading) else 0.0)
    return round(constancy + header, 2), header, usual


def _spread_lines(text: BinaryIO) -> list[str]:
    """Lines from all over a long file; those inside or beside a quoted line end are left out."""
    size = text.seek(0, io.SEEK_END)
    lines = []
    for position in range(_HEAD_BYTES, size, max(size - _HEAD_BYTES, 0) // _SPREAD_LINES + 1):
        text.seek(position)
        rest, line = text.readline(_LONG_LINE), text.readline(_LONG_LINE)
        is_whole = rest.endswith(b"\n") and line.endswith(b"\n")
        if is_whole and line.count(b'"') % 2 == 0:
            lines.append(line[:-1].decode(errors="ignore"))
    return lines
