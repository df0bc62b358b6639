"""What limits a statement beside it: who says so, how surely, how much about, on which condition.

A quote cut out of "I think that …", "… except for one client" or "about two hours" says more than
was said; it is kept with its limit. Belongs here: finding the limit. Does not belong here: whether
the quote stands in its turn (grounding).
"""

import re

from llm_enrichment.normalise import Folded, fold
from llm_enrichment.numbers import NUMBER

_LONGEST_FIGURE = 20
# Further before a quote than this nothing limits it.
_FARTHEST = 120

_CLAUSE_START = re.compile(r"[.,;:!?…\n](?=\s)|\n")
# "Le directeur a dit que": the clause up to the verb goes along.
_REPORTED = re.compile(
    r"\b(?:crois|croit|croient|pense|pensent|suppose|dirais|imagine|espere|dit|disent|disait|affirme"
    r"|pretend|estime|parait|semble|think|thinks|believe|believes|guess|says?|said|claims?|told me"
    r"|heard|hope|seems?)(?: que | qu'| that | to me that | )$"
)
_WHOM = r"[\w' -]{2,30},? "
_BESIDE = re.compile(
    rf"\b(?:d'apres {_WHOM}|selon {_WHOM}|according to {_WHOM}|peut-etre|sans doute|probablement"
    r"|apparemment|maybe|perhaps|probably|apparently|sinon|otherwise"
    r"|environ|a peu pres|presque|pres de|autour de|jusqu'a|au moins|au plus|au maximum|seulement"
    r"|about|around|almost|nearly|roughly|at least|at most|up to|only"
    r"|a peine|barely|hardly|scarcely"
    r"|parfois|souvent|rarement|generalement|d'habitude|usually|sometimes|rarely|often|generally)"
    r",?\s*(?:que |qu')?$"
)
# "Les demandes" of "la plupart des demandes", "versions" of "deux versions".
_QUANTITY = re.compile(
    r"(?:\b(?:la plupart|la majorite|une partie|certaine?s|quelques|plusieurs|peu|beaucoup"
    r"|most|some|a few|few|many|several|part)(?: of)?(?: the| de| des| du| d')?"
    rf"|{NUMBER}(?<!\bun)(?<!\bune)) ?$"
)
_CONDITION = re.compile(
    r"\b(?:si|s'ils?|if|unless|a moins que?|provided|pourvu que?)\b[^.!?;\n]{3,80}, ?"
    r"(?:alors |then )?$"
)
# "Deux ou trois jours", "1 h 15 minutes": of a range, or of a time, a quote takes all or nothing.
_OPENS_WITH_FIGURE = re.compile(NUMBER)
_REST_OF_FIGURE = re.compile(
    rf"{NUMBER}(?: ?(?:h|heures?|hours?))?(?: ?-| a| ou| et| to| or| and|,)? $"
)
_AFTER = re.compile(
    r"(?:[^.!?;\n]{0,40}?\b(?:sauf|hormis|excepte|a part|a moins qu|except|unless|apart from)"
    r"|\s*,?\s*\b(?:si|s'ils?|if|d'apres|selon|according to|je (?:crois|pense)|i (?:think|guess)"
    r"|ce que je ne|peut-etre|maybe))\b[^.!?;,\n]*"
    r"|\s*(?:et (?:demie?|quart)|and a (?:half|quarter))\b"
)


def with_limits(start: int, end: int, text: str) -> tuple[int, int]:
    """The span of a quote in `text`, widened to the limits that stand right beside it."""
    before = Folded(text[:start])
    said, place = before.text + fold(text[start : start + _LONGEST_FIGURE]), len(before.text)
    while (widened := _start(place, said)) < place:
        place = widened
        start = before.span(place, place)[0]
    after = Folded(text[end:])
    if limit := _AFTER.match(after.text):
        stays = limit.group().rstrip()
        end += after.span(0, len(stays))[1]
    return start, end


def _start(place: int, said: str) -> int:
    """Where a quote at `place` of the folded text starts with the limit right before it."""
    limits = [_CONDITION, _BESIDE, _QUANTITY]
    if _OPENS_WITH_FIGURE.match(said, place, place + _LONGEST_FIGURE):
        limits.insert(0, _REST_OF_FIGURE)
    near = max(0, place - _FARTHEST)
    for limit in limits:
        if found := limit.search(said, near, place):
            return found.start()
    if found := _REPORTED.search(said, near, place):
        clauses = list(_CLAUSE_START.finditer(said, 0, found.start()))
        opening = clauses[-1].end() if clauses else 0
        return opening + len(said[opening:]) - len(said[opening:].lstrip())
    return place
