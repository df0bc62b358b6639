"""Dates and times of one column, day-first or month-first decided from all its values.

Belongs here: texts to local datetimes and the decision of the order. Does not belong here: time
zones (the snapshot) and durations. A library that guesses date by date would turn `3,5` into a
date and read half a column one way and half the other.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ingestion.readers.headers import normal_header

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier januar",
            "feb february fev fevr fevrier februar",
            "mar march mars marz maerz",
            "apr april avr avril",
            "may mai",
            "jun june juin juni",
            "jul july juil juillet juli",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre okt oktober",
            "nov november novembre",
            "dec december decembre dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = (
    r"(?:[T ,]*(?:a |at )?(?P<h>\d{1,2})[:h](?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<ap>[ap]\.?m\.?)?)?"
    r"\s*(?:Z|UTC|GMT|BST|CES?T|EES?T|WES?T|[ECMP][SD]T|(?:UTC|GMT)?\s?[+-]\d{1,2}:?(?:\d{2})?)?$"
)
_FLAGS = re.IGNORECASE
_WEEKDAY = r"^(?:[a-z]{2,9}\.?,? +)?"
_YEAR_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<y>\d{{4}})([-/.])(?P<b>\d{{1,2}})\2(?P<c>\d{{1,2}}){_TIME}", _FLAGS
)
_YEAR_LAST = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,2}})([-/.])(?P<b>\d{{1,2}})\2(?P<y>\d{{4}}|\d{{2}}){_TIME}", _FLAGS
)
_COMPACT = re.compile(rf"^(?P<y>(?:19|20)\d\d)(?P<b>\d\d)(?P<c>\d\d){_TIME}", _FLAGS)
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:er|st|nd|rd|th|\.)?[ /-]+(?:de )?(?P<mn>[a-z]{{3,9}})\.?[ ,/-]+"
    rf"(?P<y>\d{{4}}|\d{{2}}){_TIME}",
    _FLAGS,
)
_NAME_DAY = re.compile(
    rf"{_WEEKDAY}(?P<mn>[a-z]{{3,9}})\.? +(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? +"
    rf"(?P<y>\d{{4}}){_TIME}",
    _FLAGS,
)
_SERIAL = re.compile(r"^[34]\d{4}(?:\.\d+)?$|^[56]\d{4}\.\d+$")
_EXCEL_EPOCH = datetime(1899, 12, 30)
_PLAUSIBLE_YEARS = range(1990, 2101)
# Of two-digit years only: nobody audits the timesheets of 2005.
_FIRST_LIKELY_YEAR = 2015
ORDERS = ("dmy", "mdy", "ymd")


@dataclass
class Moments:
    """A column of dates, read.

    Attributes:
        by_text: local datetime of each text that is a date.
        order: `dmy` or `mdy` where texts needed one.
        is_ambiguous: texts need an order and nothing tells which.
        conflict: two texts of which one is day-first and one month-first, else None.
        undecided: the texts that need an order where nothing tells which.
    """

    by_text: dict[str, datetime] = field(default_factory=dict)
    order: str | None = None
    is_ambiguous: bool = False
    conflict: tuple[str, str] | None = None
    undecided: tuple[str, ...] = ()

    @property
    def example(self) -> str:
        """A text that needs an order."""
        return next(iter(self.undecided), "")


def parse_moments(
    texts: Iterable[str], order: str | None = None, usual_order: str | None = None
) -> Moments:
    """Read the distinct texts of one column, or of columns that share their writing.

    Args:
        texts: stripped texts; what is no date is left out of the answer.
        order: the declared `date_order`; a text that cannot be read in it is left out.
        usual_order: the order that the tool is known to write, used where the column is silent.

    Returns:
        The datetimes, with what could not be decided.
    """
    result = Moments()
    open_texts: dict[str, re.Match[str]] = {}
    first_seen: dict[str, str] = {}
    for text in texts:
        plain = normal_header(text) if not text.isascii() else " ".join(text.split())
        if (moment := _unambiguous(plain)) is not None:
            result.by_text[text] = moment
        elif match := _YEAR_LAST.match(plain):
            open_texts[text] = match
    short = {text: match for text, match in open_texts.items() if len(match["y"]) == 2}
    if short and (order == "ymd" or (order is None and _is_year_first(short.values()))):
        for text, match in short.items():
            del open_texts[text]
            if moment := _build(match, _year(match["a"]), int(match["b"]), int(match["y"])):
                result.by_text[text] = moment
    for text, match in open_texts.items():
        first, second = int(match["a"]), int(match["b"])
        if first > 12 >= second:
            first_seen.setdefault("dmy", text)
        elif second > 12 >= first:
            first_seen.setdefault("mdy", text)
    if not open_texts:
        return result
    declared = order if order in ("dmy", "mdy") else None
    if len(first_seen) == 2 and declared is None:
        result.conflict = (first_seen["dmy"], first_seen["mdy"])
        return result
    result.order = declared or next(iter(first_seen), None) or usual_order
    if result.order is None:
        readings = {text: _numeric(match, "dmy") for text, match in open_texts.items()}
        if all(reading == _numeric(open_texts[text], "mdy") for text, reading in readings.items()):
            result.order = "dmy"  # 05/05/2026 is one day in either order
        else:
            result.is_ambiguous, result.undecided = True, tuple(open_texts)
            return result
    for text, match in open_texts.items():
        moment = _numeric(match, result.order)
        if moment is not None:
            result.by_text[text] = moment
    return result


def month_named(text: str) -> tuple[int, int] | None:
    """Year and month that a title names (`Janvier 2026`, `01/2026`, `2026-01`), else None."""
    plain = normal_header(text)
    for word, year in re.findall(r"([a-z]{3,9})\.?[ _-]*(20\d\d)(?!\d)", plain):
        if word in _MONTHS:
            return int(year), _MONTHS[word]
    if found := re.search(r"(?<!\d)(20\d\d)[-/_. ]([01]?\d)(?![\d/-])", plain):
        year, month = int(found[1]), int(found[2])
    elif found := re.search(r"(?<![\d/-])([01]?\d)[-/_. ](20\d\d)(?!\d)", plain):
        year, month = int(found[2]), int(found[1])
    else:
        return None
    return (year, month) if 1 <= month <= 12 else None


def _unambiguous(text: str) -> datetime | None:
    for pattern in (_YEAR_FIRST, _COMPACT):
        if match := pattern.match(text):
            return _build(match, int(match["y"]), int(match["b"]), int(match["c"]))
    for pattern in (_DAY_NAME, _NAME_DAY):
        if match := pattern.match(text):
            month = _MONTHS.get(normal_header(match["mn"]))
            return _build(match, _year(match["y"]), month, int(match["d"])) if month else None
    if _SERIAL.match(text):
        return _plausible(_EXCEL_EPOCH + timedelta(days=float(text)))
    return None


def _is_year_first(matches: Collection[re.Match[str]]) -> bool:
    """Whether `26-03-05` begins with its year, judged over the whole column."""
    firsts = {_year(match["a"]) for match in matches}
    lasts = {_year(match["y"]) for match in matches}
    if min(firsts) <= 2012 or any(int(match["b"]) > 12 for match in matches):
        return False
    if len(firsts) != len(lasts):
        return len(firsts) < len(lasts)  # days vary, years hardly do
    return max(lasts) < _FIRST_LIKELY_YEAR <= min(firsts)


def _numeric(match: re.Match[str], order: str) -> datetime | None:
    first, second = int(match["a"]), int(match["b"])
    day, month = (first, second) if order == "dmy" else (second, first)
    return _build(match, _year(match["y"]), month, day)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _build(match: re.Match[str], year: int, month: int, day: int) -> datetime | None:
    hour, minute, second = (int(match[part] or 0) for part in ("h", "mi", "s"))
    if half := match["ap"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    try:
        return _plausible(datetime(year, month, day, hour, minute, second))
    except ValueError:
        return None


def _plausible(moment: datetime) -> datetime | None:
    return moment if moment.year in _PLAUSIBLE_YEARS else None
