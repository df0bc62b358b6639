"""Values of a whole column, and the cells that hold none.

Belongs here: mapping distinct texts to values, and marks of cells without a usable one. Does not
belong here: how one text is read (dates, numbers, durations), what a file cannot tell (settling).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from ingestion.readers.table import holds_any


def mapped(
    frame: pl.DataFrame, name: str, values: Mapping[str, Any], dtype: pl.DataType
) -> pl.Series:
    """A column of texts as values; null where the text has none."""
    if not values:
        return pl.Series(name, [None] * len(frame), dtype=dtype)
    return frame.get_column(name).replace_strict(
        pl.Series(list(values.keys()), dtype=pl.String),
        pl.Series(list(values.values()), dtype=dtype),
        default=None,
        return_dtype=dtype,
    )


# What the sandbox writes in place of a cell without a usable value.
_UNCACHED_MARK, _ERROR_MARK = "\ue000uncached", "\ue000error"
_FAULT_MARKS = "\ufffd\ue000"


def may_hold_fault(data: bytes) -> bool:
    """Whether some cell of a table may be one of which `fault_of` tells."""
    return holds_any(data, _FAULT_MARKS)


def holds_fault(name: str) -> pl.Expr:
    """Whether a cell of a column of texts is one of which `fault_of` tells."""
    return pl.col(name).str.contains(f"[{_FAULT_MARKS}]").fill_null(False)


def is_uncached(text: str) -> bool:
    """Whether the cell holds a formula without a stored value."""
    return text == _UNCACHED_MARK


def fault_of(texts: Iterable[str]) -> tuple[str, str] | None:
    """Reason and mend where a text has no usable value or lost a character, else None."""
    joined = "\n".join(texts)
    if _UNCACHED_MARK in joined:
        return "uncached_formula", (
            "a formula has no stored value; open the workbook, let it calculate, save it again"
        )
    if _ERROR_MARK in joined:
        return "error_cell", "a cell holds an error such as #REF!; mend it in the workbook"
    if "\ufffd" in joined or "\ue000" in joined:
        return "unreadable_character", (
            "a text holds a character that was lost in an earlier conversion; export it again"
        )
    return None
