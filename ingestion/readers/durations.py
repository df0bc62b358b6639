"""Durations as decimal hours, in every writing that tools and people use.

Belongs here: texts to hours and the choice of the unit of bare numbers. Does not belong here:
dates, and whether a duration is acceptable (timesheet typing).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingestion.readers.numbers import parse_numbers

PER_HOUR = {"hours": 1.0, "minutes": 60.0, "seconds": 3600.0}

_NUMBER = r"(\d+(?:[.,]\d+)?)"
_CLOCK = re.compile(r"^(-?)(\d{1,6}):([0-5]?\d)(?::([0-5]?\d)(?:[.,]\d+)?)?$")
_UNITS = re.compile(
    rf"^(-?)\s*(?:{_NUMBER}\s*(?:h|hr|hrs|heures?|hours?|std)\.?)?\s*"
    rf"(?:{_NUMBER}\s*(?:m|mn|min|mins|minutes?)\.?)?\s*"
    rf"(?:{_NUMBER}\s*(?:s|sec|secs|secondes?|seconds?)\.?)?$",
    re.IGNORECASE,
)
_HOUR_MINUTE = re.compile(r"^(-?)(\d+)\s*h\s*([0-5]?\d)$", re.IGNORECASE)
_ISO = re.compile(r"^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")
_EXCEL = re.compile(r"^(?:1899-12-3[01]|1900-\d\d-\d\d)T\d\d:\d\d:\d\d")
# Excel shows a duration as a time of day counted from here.
_EXCEL_ZERO = datetime(1899, 12, 31)
_CLOSE_ENOUGH = 0.03  # hours; tools round to the minute or to two decimals


@dataclass(frozen=True)
class Hours:
    """A column of durations, read.

    Attributes:
        by_text: decimal hours of each text that is a duration.
        bare: the texts that are numbers without a unit, with the number.
        is_undecidable: a bare number may be thousands or decimals, `example` shows one.
    """

    by_text: dict[str, float]
    bare: dict[str, float]
    is_undecidable: bool = False
    example: str = ""


def parse_durations(texts: Iterable[str], style: str | None = None) -> Hours:
    """Read the distinct texts of one column; bare numbers wait for their unit in `bare`.

    Args:
        texts: stripped texts.
        style: decimal sign where the column cannot tell, see `parse_numbers`.

    Returns:
        Hours by text. What is no duration is in neither mapping.
    """
    hours: dict[str, float] = {}
    rest = []
    for text in texts:
        value = _with_unit(" ".join(text.replace("\u202f", " ").replace("\xa0", " ").split()))
        if value is None:
            rest.append(text)
        else:
            hours[text] = value
    numbers = parse_numbers(rest, style)
    return Hours(hours, numbers.by_text, numbers.is_undecidable, numbers.example)


def parse_weekly_hours(text: str, style: str | None = None) -> float | None:
    """Hours a week as a respondent writes them (`7,5`, `1h30`, `2 h`, `90 min`), else None."""
    compact = re.sub(
        r"\s*(?:/|par|per|a)\s*(?:semaine|sem\.?|week|wk)$", "", text.strip(), flags=re.IGNORECASE
    )
    read = parse_durations([compact], style)
    return read.by_text.get(compact, read.bare.get(compact))


def unit_by_elapsed(pairs: Sequence[tuple[float, float]]) -> str | None:
    """The unit of bare numbers that agrees with the time between begin and end.

    Args:
        pairs: (number, elapsed hours) of rows that have both.

    Returns:
        `hours`, `minutes` or `seconds` where most rows agree, else None.
    """
    best, most = None, 0
    for unit, factor in PER_HOUR.items():
        agreeing = sum(abs(number / factor - elapsed) <= _CLOSE_ENOUGH for number, elapsed in pairs)
        if agreeing > most:
            best, most = unit, agreeing
    return best if most * 2 > len(pairs) else None


def _with_unit(text: str) -> float | None:
    """Hours of a text that carries its unit, None for a bare number or no duration."""
    text = text.replace("−", "-")
    if match := _CLOCK.match(text):
        return _signed(match[1], int(match[2]), int(match[3]), float(match[4] or 0))
    if match := _HOUR_MINUTE.match(text):
        return _signed(match[1], int(match[2]), int(match[3]), 0)
    if (match := _UNITS.match(text)) and any(match.groups()[1:]):
        return _signed(match[1], *(_decimal(part) for part in match.groups()[1:]))
    if (match := _ISO.match(text)) and any(match.groups()[1:]):
        days, *rest = (float(part or 0) for part in match.groups()[1:])
        return _signed(match[1], days * 24 + rest[0], *rest[1:])
    if _EXCEL.match(text):
        since = datetime.fromisoformat(text) - _EXCEL_ZERO
        # A time of day is stored on the day before the count begins.
        return (since if since >= timedelta(0) else since + timedelta(days=1)) / timedelta(hours=1)
    return None


def _decimal(part: str | None) -> float:
    return float(part.replace(",", ".")) if part else 0.0


def _signed(sign: str, hours: float, minutes: float, seconds: float) -> float:
    value = (hours * 3600 + minutes * 60 + seconds) / 3600
    return -value if sign else value
