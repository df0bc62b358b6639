"""Whether a figure is said of one person: what somebody alone takes or makes is no baseline.

In redacted text a person stands in brackets, `[role, team]`. A figure is said of who was named last
before it, by that or as "elle" right after; what speakers say of themselves stays.
Belongs here: of whom a figure is said. Does not belong here: finding figures (figures.py).
"""

import re
from collections.abc import Collection
from itertools import pairwise

from llm_enrichment.normalise import Folded
from llm_enrichment.numbers import find_numbers

# What else stands in brackets: words of the mask, identifiers, what transcribers note.
_NOBODY = (
    r"client|e-mail|telephone|phone|iban|numero de securite sociale|social security number|"
    r"(?:\w+ )?(?:rires?|silences?|pauses?|inaudible|soupirs?|musique|bruits?|applaudissements|"
    r"laugh\w*|sighs?|music|noise|unclear|crosstalk)(?: \w+)?"
)
_PERSON = re.compile(rf"\[(?!(?:{_NOBODY})\])[^\[\]]*[a-z][^\[\]]*\]")
# "Je crois que", "j'ai vu": whoever follows is spoken of.
_OPINION = (
    r"(?:'d|'m)? ?(?:\w+ )?(?:dirais|dis|dit|pense|crois|sais|vois|vu|imagine|suppose|estime|"
    r"compte|say|think|guess|know|see|reckon|sure|believe)\b"
)
_WHO = re.compile(
    rf"(?P<person>{_PERSON.pattern})|"
    r"\b(?P<pronoun>elle|she|he|il(?! (?:\w+ ){0,2}(?:y|faut|faudrait|reste|manque|existe)\b))\b|"
    rf"\b(?P<own>(?:je|moi|on|(?<!\] )(?<!il )(?<!elle )(?<!qui )nous|i|we)\b|j')(?!{_OPINION})"
)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)(?![^\[\]\n]*\])|\n")


def is_of_somebody(turn: str, start: int, end: int, figures: Collection[float]) -> bool:
    """Whether the quote `start`..`end` of a turn says a figure of one person who was named.

    The sentences around the quote are read, as it may leave the name out; "un" counts as a figure
    only where it is among `figures`.
    """
    if "[" not in turn:
        return False
    folded = Folded(turn).text
    first, last = (len(Folded(turn[:place]).text) for place in (start, end))
    bounds = [0, *(match.end() for match in _SENTENCE_END.finditer(folded)), len(folded)]
    before = 0
    for opening, closing in pairwise(bounds):
        named = list(_WHO.finditer(folded, opening, closing))
        for number in find_numbers(folded[opening:closing]):
            place = opening + number.start
            is_figure = number.value != 1 or 1 in figures
            if first <= place < last and is_figure and _is_named(folded, before, place, named):
                return True
        before = opening
    return False


def _is_named(folded: str, before: int, place: int, named: Collection[re.Match[str]]) -> bool:
    """Whether the figure at `place` is said of somebody named since `before`."""
    ahead = [who for who in named if who.start() < place]
    if not ahead:
        return any(who["person"] for who in named)
    nearest = ahead[-1]
    if nearest["pronoun"]:
        return _PERSON.search(folded, before, nearest.start()) is not None
    return nearest["own"] is None and nearest.end() <= place
