"""Decisions on a whole column, and the line of config that settles what the file cannot tell.

Belongs here: mapping distinct texts to values, and holds for dates and numbers. Does not belong
here: how one text is read (dates, numbers, durations).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from ingestion.readers.dates import Moments
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.source_rule import SourceRule

# Stands for the file's own name in a line of config; who shows the line puts the name in. Stored
# reasons stay free of file names, which may hold people's names.
FILE_PLACEHOLDER = "{file}"


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
FAULT_MARKS = "[\ufffd\ue000]"


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


def config_line(kind: str, settings: str) -> str:
    """Where in engagement.yaml, and the line to paste there."""
    return f'sources.{kind}: - {{match: "{FILE_PLACEHOLDER}", {settings}}}'


def held_for_dates(moments: Moments, rule: SourceRule, kind: str, tool: str) -> None:
    """Stop where the order of day and month is not settled.

    Raises:
        HeldFile: where the whole column is ambiguous.
        RefusedFile: where it is written both ways and no order is declared.
    """
    if moments.conflict:
        day_first, month_first = moments.conflict
        raise RefusedFile(
            f"dates are written day first ({day_first}) and month first ({month_first}) in one "
            "column; export the file again with one date format"
        )
    if moments.is_ambiguous:
        line = config_line(kind, f"tool: {tool}, date_order: dmy")
        raise HeldFile(
            f"dates such as {moments.example} may be day first or month first and nothing in the "
            f"file tells; in engagement.yaml add the line that is true (dmy or mdy) under {line}",
            tool=tool,
        )


def held_for_numbers(is_undecidable: bool, example: str, kind: str, tool: str) -> None:
    """Stop where the decimal sign is not settled.

    Raises:
        HeldFile: where numbers may be thousands or decimals and nothing in the column tells.
    """
    if is_undecidable:
        line = config_line(kind, f"tool: {tool}, number_style: comma")
        raise HeldFile(
            f"numbers such as {example} may hold decimals or thousands and nothing in the column "
            f"tells; in engagement.yaml add the line that is true (comma or dot) under {line}",
            tool=tool,
        )
