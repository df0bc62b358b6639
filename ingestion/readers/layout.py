"""Where the table stands in its sheet: titles, header row, rows of a wrong width.

Shared by all kinds of tabular files. Does not belong here: which headers a tool has (profiles) and
what cells mean (typed readers).
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import numpy as np

from ingestion.parsed import QuarantinedRow
from ingestion.readers.headers import normal_headers, total_kind
from ingestion.readers.outcome import RefusedFile
from ingestion.readers.table import Ints, Table

_HEADER_WITHIN = 40
_RAGGED_SHARE = 0.2
_RAGGED_FROM = 10
_FULL_ROW = 4
T = TypeVar("T")


@dataclass(frozen=True)
class Header(Generic[T]):
    """The header row: its record, its cells as written, their normal form, and what matched."""

    record: int
    cells: list[str]
    normal: list[str]
    match: T


@dataclass
class Account:
    """What became of the rows that are not loaded, while a file is read."""

    quarantined: list[QuarantinedRow] = field(default_factory=list)
    non_data: Counter[str] = field(default_factory=Counter)

    def quarantine(self, table: Table, record: int, reason: str, mend: str) -> None:
        """Keep one record out."""
        line = int(table.lines[record])
        self.quarantined.append(QuarantinedRow(table.sheet, line, reason, mend))


def find_header(table: Table, recognise: Callable[[list[str]], T | None]) -> Header[T] | None:
    """The first row whose set of headers is recognised, below any title rows.

    Args:
        table: the table.
        recognise: from the normal headers of a row to what it recognised, else None.
    """
    for record in range(min(_HEADER_WITHIN, len(table))):
        cells = table.cells(record)
        if len([cell for cell in cells if cell]) < 2:
            continue
        normal = normal_headers(cells)
        found = recognise(normal)
        if found is not None:
            return Header(record, cells, normal, found)
    return None


def probable_header(table: Table) -> Header[None] | None:
    """The first row that looks like headers, for a guess: the widest of text among the first."""
    best: Header[None] | None = None
    most = 1
    for record in range(min(_HEADER_WITHIN, len(table))):
        cells = table.cells(record)
        words = {cell for cell in cells if cell and any(c.isalpha() for c in cell)}
        if len(words) > most:
            most = len(words)
            best = Header(record, cells, normal_headers(cells), None)
    return best


def count_above(table: Table, header_record: int, account: Account, headers: int = 1) -> None:
    """Declare the header rows and what stands above them.

    A row above that is filled like the table below is no title: it is quarantined.
    """
    width = int(table.widths[header_record])
    for record in range(header_record):
        filled = sum(map(bool, table.cells(record)))
        if not filled:
            account.non_data["blank"] += 1
        elif filled >= _FULL_ROW and filled * 2 > width:
            account.quarantine(
                table, record, "above_header",
                "the row stands above the row of headers; move the headers to the top",
            )  # fmt: skip
        else:
            account.non_data["title"] += 1
    account.non_data["header"] += headers


def count_other_sheet(table: Table, account: Account) -> None:
    """Declare the rows of a sheet that holds no table of the kind (a cover, a list of clients)."""
    for record in range(len(table)):
        account.non_data["blank" if table.is_blank(record) else "other_sheet"] += 1


def second_header(table: Table, record: int) -> RefusedFile:
    """The refusal of a file into which two exports were pasted."""
    return RefusedFile(
        f"line {int(table.lines[record])} is a second row of headers, other than the first: the "
        "file is two exports pasted into one; put each in a file of its own"
    )


def refuse_differing_copies(
    table: Table, records: Ints, header: Header[Any], places: Collection[int]
) -> None:
    """Refuse a table in which a header stands over two columns of other values.

    Args:
        table, records: the rows below the header.
        header: the header.
        places: indices of the columns whose values would be other ones.

    Raises:
        RefusedFile: naming the header.
    """
    for place in places:
        copies = [
            i for i, name in enumerate(header.normal) if name == header.normal[place] and i != place
        ]
        if not copies:
            continue
        frame = table.columns(records, {"0": place} | {str(i + 1): i for i in copies})
        if any(not frame["0"].equals(frame[str(i + 1)].rename("0")) for i in copies):
            raise RefusedFile(
                f"the header {header.cells[place]} stands over two columns that differ; rename or "
                "delete the wrong one"
            )


def _with_empty_ends(table: Table, body: Ints, width: int) -> int:
    """The width of the rows where all of them end in the same number of empty cells too many."""
    filled = [int(record) for record in body[:_HEADER_WITHIN] if not table.is_blank(int(record))]
    found = {int(table.widths[record]) for record in filled}
    if len(filled) < 2 or len(found) != 1 or (wide := found.pop()) <= width:
        return width
    records = body[table.widths[body] == wide]
    beyond = table.columns(records, {str(i): i for i in range(width, wide)})
    is_empty = all((beyond[str(i)] == "").all() for i in range(width, wide))
    return wide if is_empty else width


def rows_of_right_width(
    table: Table,
    first: int,
    width: int,
    required: Collection[int],
    account: Account,
    read: Collection[int] = (),
    is_header: Callable[[list[str]], bool] = lambda _: False,
) -> Ints:
    """The records from `first` on that are as wide as the header, or padded without loss.

    A shorter record is kept where only optional columns at its end are missing; it reads as "".
    Blank lines and totals are declared, other records of a wrong width quarantined.

    Args:
        table: the table.
        first: first record below the header.
        width: number of cells of the header.
        required: indices of the columns that a record cannot miss.
        account: takes what is not loaded.
        read: indices of the columns in which a text that is cut is another value.
        is_header: whether normal headers are those of a table, to find a second one.

    Raises:
        RefusedFile: at a second table; where more than a fifth of the rows, of ten or more, have
            a wrong width.
    """
    body = np.arange(first, len(table), dtype=np.int64)
    widths = table.widths[body]
    width = _with_empty_ends(table, body, width)
    needed = max(required, default=-1) + 1
    suspects = body[(widths != width) | (table.ends[body] - table.starts[body] <= 3 * widths)]
    left_out: list[int] = []
    wrong: list[int] = []
    for record in map(int, suspects):
        if table.is_blank(record):
            account.non_data["blank"] += 1
            left_out.append(record)
            continue
        found = int(table.widths[record])
        if found == width:
            continue
        if kind := total_kind(table.cells(record)):
            account.non_data[kind] += 1
            left_out.append(record)
        elif is_header(normal_headers(table.cells(record))):
            raise second_header(table, record)
        elif table.is_open and record == len(table) - 1 and needed <= found and found - 1 in read:
            account.quarantine(
                table, record, "cut_row",
                "the file ends in the middle of this row; export it again",
            )  # fmt: skip
            left_out.append(record)
            wrong.append(record)
        elif found > width or found < needed:
            reason = "long_row" if found > width else "short_row"
            account.quarantine(
                table, record, reason,
                f"the row has {found} cells and the header {width}: a separator or a quote is "
                f"{'too many' if found > width else 'missing'}; mend the row in the export",
            )  # fmt: skip
            wrong.append(record)
            left_out.append(record)
    filled = len(body) - (len(left_out) - len(wrong))
    if len(table) >= _RAGGED_FROM and len(wrong) > _RAGGED_SHARE * filled:
        raise RefusedFile(
            f"{len(wrong)} of {filled} rows have another number of cells than the header "
            f"({width}), the first at line {int(table.lines[wrong[0]])}; export the file again"
        )
    return np.setdiff1d(body, np.array(left_out, dtype=np.int64), assume_unique=True)
