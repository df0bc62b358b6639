"""Numbers as people and tools write them; the decimal sign is decided per column.

Belongs here: `7,5`, `7.5`, `2.000,0`, spaces as thousands. Does not belong here: durations with a
unit (durations).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]")
_PLAIN = re.compile(r"^[+-]?\d+$")
_SIGNED = re.compile(r"^[+-]?[\d.,]+$")
# One separator with three digits behind it: thousands or decimals, the cell cannot tell.
_AMBIGUOUS = re.compile(r"^[+-]?[1-9]\d{0,2}([.,])\d{3}$")
_DECIMAL = re.compile(r"^[+-]?\d*([.,])\d+$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?:([.,])\d{3})+(?:(?!\1)([.,])\d+)?$")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?e[+-]?\d+$", re.IGNORECASE)


@dataclass(frozen=True)
class Numbers:
    """A column of numbers, read.

    Attributes:
        by_text: the value of each text that is a number.
        is_undecidable: some texts may be thousands or decimals and nothing in the column tells.
        example: one such text.
    """

    by_text: dict[str, float]
    is_undecidable: bool = False
    example: str = ""


def parse_numbers(texts: Iterable[str], style: str | None = None) -> Numbers:
    """Read the distinct texts of one column.

    Args:
        texts: stripped texts; what is no number is left out of the answer.
        style: `comma` or `dot`, the decimal sign where the column itself cannot tell.

    Returns:
        The values, and whether the column could not be decided.
    """
    values: dict[str, float] = {}
    ambiguous: dict[str, str] = {}
    decimal_signs: set[str] = set()
    for text in texts:
        compact = _SPACES.sub("", text).replace("−", "-")
        if _PLAIN.match(compact) or _SCIENTIFIC.match(compact):
            values[text] = float(compact)
        elif not _SIGNED.match(compact):
            continue
        elif _AMBIGUOUS.match(compact):
            ambiguous[text] = compact
        elif match := _DECIMAL.match(compact):
            decimal_signs.add(match[1])
            values[text] = float(compact.replace(",", "."))
        elif match := _GROUPED.match(compact):
            group, decimal = match[1], match[2]
            decimal_signs.add("," if group == "." else ".")
            plain = compact.replace(group, "")
            values[text] = float(plain.replace(decimal, ".") if decimal else plain)
    values = {text: value for text, value in values.items() if isfinite(value)}
    sign = _decimal_sign(decimal_signs, style)
    if sign:
        for text, compact in ambiguous.items():
            values[text] = _with_sign(compact, sign)
        return Numbers(values)
    return Numbers(values, bool(ambiguous), next(iter(ambiguous), ""))


def _decimal_sign(seen: set[str], style: str | None) -> str | None:
    if len(seen) == 1:
        return next(iter(seen))
    return {"comma": ",", "dot": "."}.get(style or "")


def _with_sign(compact: str, sign: str) -> float:
    thousands = "." if sign == "," else ","
    return float(compact.replace(thousands, "").replace(sign, "."))
