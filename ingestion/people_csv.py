"""The small CSV files that people write (roster, decisions), as any spreadsheet saves them.

Belongs here: encoding, separator, header and typed cells, each error naming file and row; writing
them back. A text that a spreadsheet would take for a formula stands behind an apostrophe in the
file, and is read without it.
Does not belong here: what a file means (roster, decisions), exports in the inbox (readers).
"""

import csv
import io
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import chardet

from ingestion.errors import InputError, at_row
from ingestion.folding import folded_key, nearest

_SEPARATORS = ",;\t"
_FORMULA = re.compile(r"(?=[=+\-@\t\r])")
_ESCAPED = re.compile(r"'(?=[=+\-@\t\r])")
_YES = {"true", "1", "yes", "y", "oui", "o", "vrai", "x"}
_NO = {"false", "0", "no", "n", "non", "faux"}


@dataclass(frozen=True)
class Row:
    """One record: its file as shown to people, its first physical line, its cells by column."""

    file: str
    line: int
    cells: dict[str, str]

    def error(self, mend: str) -> InputError:
        """An error for this row."""
        return at_row(self.file, self.line, mend)

    def text(self, column: str) -> str | None:
        """The trimmed cell, None if blank."""
        return self.cells.get(column) or None

    def required(self, column: str) -> str:
        """The trimmed cell, which must not be blank."""
        value = self.text(column)
        if value is None:
            raise self.error(f"{column} is blank; fill it in")
        return value

    def one_of(self, column: str, allowed: Collection[str], what: str = "") -> str | None:
        """A cell of a closed list; case is forgiven, a near miss is named."""
        value = self.text(column)
        if value is None:
            return None
        for option in allowed:
            if option.casefold() == value.casefold():
                return option
        meant = nearest(value, allowed)
        hint = f"; did you mean {meant}?" if meant else ""
        known = what or f"one of {', '.join(sorted(allowed))}"
        raise self.error(f"{column} is {value!r}, which is not {known}{hint}")

    def required_one_of(self, column: str, allowed: Collection[str], what: str = "") -> str:
        """The same, and not blank."""
        self.required(column)
        value = self.one_of(column, allowed, what)
        assert value is not None
        return value

    def matching(self, column: str, pattern: str, mend: str) -> str:
        """A cell that must match a pattern wholly."""
        value = self.required(column)
        if not re.fullmatch(pattern, value):
            raise self.error(f"{column} is {value!r}: {mend}")
        return value

    def number(self, column: str, low: float, high: float | None = None) -> float | None:
        """A number within bounds; a decimal comma, spaces between thousands and "80 %" are read."""
        value = self.text(column)
        if value is None:
            return None
        plain = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
        bounds = f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
        is_percent = high == 1 and plain.endswith("%")
        try:
            number = float(plain[:-1]) / 100 if is_percent else float(plain)
        except ValueError:
            raise self.error(f"{column} is {value!r}; write a number {bounds}") from None
        if not math.isfinite(number) or number < low or (high is not None and number > high):
            raise self.error(f"{column} is {value!r}; it must be {bounds}")
        return number

    def flag(self, column: str) -> bool | None:
        """true or false (also oui, non, 1, 0, vrai, faux, yes, no)."""
        value = (self.text(column) or "").casefold()
        if not value:
            return None
        if value not in _YES | _NO:
            raise self.error(f"{column} is {value!r}; write true or false")
        return value in _YES

    def day(self, column: str, day_first: bool) -> date | None:
        """A date as YYYY-MM-DD, or as a French spreadsheet rewrites it (DD/MM/YYYY).

        Args:
            column: name of the cell.
            day_first: whether a date that could be either is day first (French engagements).
        """
        value = self.text(column)
        if value is None:
            return None
        mend = self.error(f"{column} is {value!r}; write the date as YYYY-MM-DD")
        iso = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00)?)?", value)
        local = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", value)
        try:
            if iso:
                return datetime.strptime(iso[1], "%Y-%m-%d").date()
            if local and (day_first or int(local[1]) > 12):
                return date(int(local[3]), int(local[2]), int(local[1]))
        except ValueError:
            raise mend from None
        raise mend


def read_rows(
    path: Path, shown: str, required: Collection[str], optional: Collection[str] = ()
) -> list[Row]:
    """All records of a CSV file; a missing or empty file has none.

    Args:
        path: the file.
        shown: its name in messages, relative to the engagement folder.
        required: columns that must be in the header.
        optional: columns that may be.

    Raises:
        InputError: unreadable, a wrong header or a row of a wrong width.
    """
    if not path.exists():
        return []
    try:
        text = _decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"{shown} cannot be read: {error.strerror}") from None
    records = _records(text, shown, _separator(text, {*required, *optional}))
    first = next(records, None)
    if first is None:
        return []
    header = [_column(cell) for cell in first[1]]
    while header and not header[-1]:
        header.pop()
    _check_header(header, shown, first[0], required, optional)
    rows = []
    for line, values in records:
        if any(cell.strip() for cell in values[len(header) :]) or len(values) < 2 <= len(header):
            raise at_row(
                shown, line, f"{len(values)} cells for {len(header)} columns; quote cells "
                "that hold the separator",
            )  # fmt: skip
        cells = [_plain(cell.strip()) for cell in values]
        padded = cells + [""] * (len(header) - len(values))
        rows.append(Row(shown, line, dict(zip(header, padded, strict=False))))
    return rows


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A CSV file that `read_rows` reads back as it was, harmless in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_neutral(row.get(column, "")) for column in columns])
    return text.getvalue().encode("utf-8")


def _plain(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell


def _neutral(cell: str) -> str:
    is_number = re.fullmatch(r"[+-]?[\d.,]+", cell)
    return f"'{cell}" if _FORMULA.match(cell) and not is_number else cell


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Spreadsheets on French Windows save cp1252, on old Macs MacRoman.
        found = chardet.detect(content)["encoding"] or "cp1252"
        return content.decode(found, errors="replace")


def _separator(text: str, known: set[str]) -> str:
    """The separator under which the first line shows most known columns."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        return ","
    if declared := re.fullmatch(r"sep=(.)", lines[0].strip()):
        return declared[1]

    def score(separator: str) -> int:
        return sum(_column(c) in known for c in next(csv.reader([lines[0]], delimiter=separator)))

    return max(_SEPARATORS, key=score)


def _records(text: str, shown: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Non-blank records with their first physical line."""
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    start = 1
    try:
        for values in reader:
            is_declaration = start == 1 and re.fullmatch("sep=.?", separator.join(values).strip())
            if any(cell.strip() for cell in values) and not is_declaration:
                yield start, values
            start = reader.line_num + 1
    except csv.Error as error:
        raise at_row(shown, start, f"no valid CSV ({error}); check the quotes") from None


def _column(cell: str) -> str:
    return folded_key(cell).replace(" ", "_")


def _check_header(
    header: list[str], shown: str, line: int, required: Collection[str], optional: Collection[str]
) -> None:
    known = [*required, *optional]
    for column in header:
        if column not in known:
            meant = nearest(column, known, cutoff=0)
            raise at_row(shown, line, f"unknown column {column!r}; the nearest is {meant}")
    if doubled := sorted({c for c in header if header.count(c) > 1}):
        raise at_row(shown, line, f"column {doubled[0]} stands twice in the header")
    if missing := [column for column in required if column not in header]:
        raise at_row(shown, line, f"column {missing[0]} is missing from the header")
