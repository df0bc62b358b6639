"""Durations as decimal hours, in every writing that tools and people use.

Belongs here: texts to hours and the choice of the unit of bare numbers. Does not belong here:
dates, and whether a duration is acceptable (timesheet typing).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isnan, nan

from ingestion.readers.numbers import parse_numbers

# How many of a unit are an hour; `excel_days` are Excel's fractions of 24 hours. Working days have
# no fixed length and are not among them.
PER_HOUR = {"hours": 1.0, "minutes": 60.0, "seconds": 3600.0, "excel_days": 1 / 24}
_DAYS_PER_WEEK = 5

_NUMBER = r"(\d+(?:[.,]\d+)?)"
# Minutes and seconds have two digits: `1:3` may be the rest of `1:30`.
_CLOCK = re.compile(r"^(-?)(\d{1,6}):([0-5]\d)(?::([0-5]\d)(?:[.,]\d+)?)?$")
_UNITS = re.compile(
    rf"^(-?)\s*(?:{_NUMBER}\s*(?:w|wk|wks|weeks?|semaines?|sem)\.?)?\s*"
    rf"(?:{_NUMBER}\s*(?:d|days?|j|jr|jrs|jours?)\.?)?\s*"
    rf"(?:{_NUMBER}\s*(?:h|hr|hrs|heures?|hours?|std)\.?)?\s*"
    rf"(?:{_NUMBER}\s*(?:m|mn|min|mins|minutes?)\.?)?\s*"
    rf"(?:{_NUMBER}\s*(?:s|sec|secs|secondes?|seconds?)\.?)?$",
    re.IGNORECASE,
)
_HOUR_MINUTE = re.compile(r"^(-?)(\d+)\s*h\s*([0-5]\d)$", re.IGNORECASE)
_ISO = re.compile(r"^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$")
_EXCEL = re.compile(r"^(?:1899-12-3[01]|1900-\d\d-\d\d)T\d\d:\d\d:\d\d")
# Excel shows a duration as a time of day counted from here.
_EXCEL_ZERO = datetime(1899, 12, 31)
_CLOSE_ENOUGH = 0.03  # hours; tools round to the minute or to two decimals
_WITH_BREAKS = (0.4, 1.1)  # share of the time between begin and end that is left of it
_ABOUT = re.compile(r"^(?:environ|env\.?|about|around|approx\.?|≈|~|±)\s*(?=\d)", re.IGNORECASE)
_UNIT_WORDS = {
    "hours": r"h|hr|hrs|heures?|hours?",
    "minutes": r"mn|min|mins|minutes?",
    "seconds": r"s|sec|secs|secondes?|seconds?",
    "days": r"j|jr|jrs|jh|jours?|journees?|days?",
}


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


def parse_durations(
    texts: Iterable[str], style: str | None = None, hours_per_day: float | None = None
) -> Hours:
    """Read the distinct texts of one column; bare numbers wait for their unit in `bare`.

    Args:
        texts: stripped texts.
        style: decimal sign where the column cannot tell, see `parse_numbers`.
        hours_per_day: working hours of a day, for texts such as `1d 2h`; a week has five days.
            Without it they are left out.

    Returns:
        Hours by text. What is no duration is in neither mapping.
    """
    hours: dict[str, float] = {}
    rest = []
    for text in texts:
        value = _with_unit(text, hours_per_day or nan)
        if value is None:
            rest.append(text)
        elif not isnan(value):
            hours[text] = value
    numbers = parse_numbers(rest, style)
    return Hours(hours, numbers.by_text, numbers.is_undecidable, numbers.example)


def counts_days(text: str) -> bool:
    """Whether a text counts working days, which have no length of their own."""
    value = _with_unit(text, nan)
    return value is not None and isnan(value)


def parse_weekly_hours(text: str, style: str | None = None) -> float | None:
    """Hours a week as people write them (`7,5`, `1h30`, `about 2 h`, `90 min`), else None."""
    exact = _ABOUT.sub("", text.strip())
    compact = re.sub(
        r"\s*(?:/|par|per|a)\s*(?:semaine|sem\.?|week|wk)$", "", exact, flags=re.IGNORECASE
    )
    read = parse_durations([compact], style)
    return read.by_text.get(compact, read.bare.get(compact))


def unit_by_elapsed(pairs: Sequence[tuple[float, float]]) -> str | None:
    """The unit of bare numbers that agrees with the time between begin and end.

    Args:
        pairs: (number, elapsed hours) of rows that have both.

    Returns:
        One of `PER_HOUR` where most rows agree, breaks forgiven, else None.
    """
    least, largest = _WITH_BREAKS

    def is_close(hours: float, elapsed: float) -> bool:
        return abs(hours - elapsed) <= _CLOSE_ENOUGH

    def is_less_a_break(hours: float, elapsed: float) -> bool:
        return least * elapsed <= hours <= largest * elapsed

    for agrees in (is_close, is_less_a_break):
        counts = {
            unit: sum(agrees(number / factor, elapsed) for number, elapsed in pairs)
            for unit, factor in PER_HOUR.items()
        }
        best = max(counts, key=lambda unit: counts[unit])
        if counts[best] * 2 > len(pairs):
            return best
    return None


def unit_of_header(header: str) -> str | None:
    """The unit that a normal header names (`duree (min)`), None where it names none."""
    for unit, words in _UNIT_WORDS.items():
        if re.search(rf"(?<![a-z])(?:{words})(?![a-z])", header):
            return unit
    return None


def _with_unit(text: str, day: float) -> float | None:
    """Hours of a text that carries its unit, None for a bare number or no duration.

    Where it counts days and `day`, their hours, is not a number, so is the answer.
    """
    text = " ".join(text.replace("−", "-").split())  # non-breaking spaces too
    if match := _CLOCK.match(text):
        return _signed(match[1], int(match[2]), int(match[3]), float(match[4] or 0))
    if match := _HOUR_MINUTE.match(text):
        return _signed(match[1], int(match[2]), int(match[3]), 0)
    if (match := _UNITS.match(text)) and any(match.groups()[1:]):
        weeks, days, *rest = (_decimal(part) for part in match.groups()[1:])
        in_days = (weeks * _DAYS_PER_WEEK + days) * day if weeks or days else 0.0
        return _signed(match[1], in_days + rest[0], *rest[1:])
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
