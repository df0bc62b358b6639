"""Numbers and durations as people say them, in French and in English.

Belongs here: reading figures out of spoken text. Does not belong here: what a figure is about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from llm_enrichment.normalise import fold

NUMBER_WORDS: dict[str, float] = {
    "un": 1,
    "une": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "cent": 100,
    "mille": 1000,
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingts": 20,
    "cents": 100,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "centaine": 100,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "eleven": 11,
    "thirteen": 13,
    "fourteen": 14,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
    "soixantaine": 60,
    "hundred": 100,
    "thousand": 1000,
    "half": 0.5,
    "demi": 0.5,
    "demie": 0.5,
    "million": 1e6,
    "millions": 1e6,
    "milliers": 1000,
    "dozen": 12,
}
_TENS = re.compile(r"^(?:vingt|trente|quarante|cinquante|soixante|twenty|thirty|forty|fifty)$")
_ENGLISH = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,])"
_FIGURE = rf"{_ENGLISH}|\d{{1,3}}(?:[\u00a0\u202f .]\d{{3}})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_SCALED = r"(?: (?:millions?|mille|milliers|thousand)\b)"
# From the first digit only, and no endless row of words: a long text of either is read at once.
NUMBER = (
    rf"(?:(?<!\d)(?:{_FIGURE}){_SCALED}?|"
    rf"\b(?:{_WORDS})(?:[- ](?:et[- ])?(?:{_WORDS})){{0,12}}\b)"
)
_NUMBER = re.compile(NUMBER)

_HALF = re.compile(r"une?[ -]demie?")
_MILLION = 1e6

# A working day and a working week, as everywhere in the model (model.md: D = 7 hours a day).
HOURS_A_DAY, DAYS_A_WEEK = 7.0, 5.0
_MINUTES = r"min(?:utes?)?"
_CLOCK = re.compile(rf"\b(\d+) ?h(?:eures?)? ?(\d{{2}})\b(?: ?{_MINUTES})?")
_SPAN = re.compile(
    rf"({NUMBER})(?: (?:bonnes?|petites?|grosses?|full|good|working))? ?"
    rf"(h\b|heures?\b|hours?\b|hrs?\b|{_MINUTES}\b|mn\b|jours?\b|journees?\b|days?\b|semaines?\b|"
    r"weeks?\b)(?: et demie?\b| and a half\b)?"
)
_FIXED = re.compile(r"\b(une demi[- ]journee|half a day|(?:une |a )?demi[- ]heure|half an hour)\b")


@dataclass(frozen=True)
class Said:
    """One figure in folded text: its value and where it stands."""

    value: float
    start: int
    end: int


def numbers_in(text: str) -> list[float]:
    """Return every figure said in `text`, digits and words, in order."""
    return [said.value for said in find_numbers(fold(text))]


def find_numbers(folded: str) -> Iterator[Said]:
    """Yield the figures of an already folded text."""
    for match in _NUMBER.finditer(folded):
        yield Said(value_of(match.group()), match.start(), match.end())


def value_of(expression: str) -> float:
    """Return the value of one figure, digits or words."""
    folded = fold(expression)
    if _HALF.fullmatch(folded):
        return 0.5
    if folded[0].isdigit():
        figure, *scale = re.split(r"(?= [a-z])", folded, maxsplit=1)
        return _figure(figure) * (NUMBER_WORDS[scale[0].strip()] if scale else 1)
    total = part = 0.0
    for word in re.findall(r"[a-z]+", folded):
        if word == "et":
            continue
        value = NUMBER_WORDS[word]
        if value >= 100 and value in (100, 1000, _MILLION):
            part = max(part, 1) * value
            if value > 100:
                total, part = total + part, 0.0
        elif word.endswith(("aine", "dozen")):
            part = max(part, 1) * value  # "une dizaine" is ten, not eleven
        elif word in {"vingt", "vingts"} and part == 4:
            part = 80
        else:
            part += value
    if total >= _MILLION and 0 < part < 10:
        return total + part * _MILLION / 10  # "six millions huit" is 6.8 million
    return total + part


def _figure(text: str) -> float:
    bare = re.sub(r"[\u00a0\u202f ]", "", text)
    if re.fullmatch(_ENGLISH, bare):
        bare = bare.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", bare) and text.count(".") >= 1:
        bare = bare.replace(".", "")
    return float(bare.replace(",", "."))


def hours_in(folded: str) -> tuple[float, list[float]] | None:
    """Return the first duration of a folded text in working hours, with the figures it rests on.

    A day is 7 hours, a week 5 days.
    """
    if match := _CLOCK.search(folded):
        hours, minutes = float(match.group(1)), float(match.group(2))
        return hours + minutes / 60, [hours, minutes]
    if match := _SPAN.search(folded):
        value = value_of(match.group(1))
        half = 0.5 if re.search(r"et demie?|and a half", match.group()) else 0.0
        return (value + half) * _hours_of(match.group(2)), [value]
    if match := _FIXED.search(folded):
        is_day = "journee" in match.group() or "day" in match.group()
        return (HOURS_A_DAY / 2 if is_day else 0.5), []
    return None


def _hours_of(unit: str) -> float:
    if unit.startswith("h"):
        return 1.0
    if unit.startswith("m"):
        return 1 / 60
    if unit.startswith(("j", "d")):
        return HOURS_A_DAY
    return HOURS_A_DAY * DAYS_A_WEEK
