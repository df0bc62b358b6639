"""Turn what a model answered for one fact into a fact, or say why it is none.

Belongs here: types, units and closed lists of the fields. Does not belong here: asking (extractor),
what is claimed beside the quote (claims), the quote (grounding).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf, isclose
from typing import Any

from llm_enrichment.extraction.interviews import Interviews, Turn
from llm_enrichment.extraction.mentions import CLIENT
from llm_enrichment.facts import Evidence, Fact
from llm_enrichment.grounding import Grounded, ground, unit_not_said
from llm_enrichment.llm.claims import only_what_was_said
from llm_enrichment.llm.fact_schemas import fields_of
from llm_enrichment.normalise import fold, readable
from llm_enrichment.numbers import numbers_in
from llm_enrichment.order_patterns import holds_orders

SEEN_ONCE = 0.75
# Nobody says such a figure, nor counts turns and steps so far; and no column holds it.
_BEYOND, _MOST_COUNTED = 1e12, 1e6
_THOUSANDS, _MILLIONS = r"k(?:€|eur|\b)", r"m(?:€|eur)"
# What a figure of such a unit stands for, and what one said with such a sign does.
_UNITS = (
    (re.compile(rf"{_THOUSANDS}|mill(?:e|iers?)\b|thousands?"), 1e3),
    (re.compile(rf"{_MILLIONS}|millions?"), 1e6),
)
_SIGNS = ((re.compile(rf"\b{_THOUSANDS}|\dk€"), 1e3), (re.compile(rf"\b{_MILLIONS}|\dm€"), 1e6))
_MONEY = re.compile(r"€|eur")
_PLAIN_MONEY = re.compile(r"(?<![km])(?:€|\beur)")
_HOURS = {"hours": 1.0, "days": 7.0, "weeks": 35.0}
# Without these there is nothing to state.
_NEEDED = {"tool_use": "tool", "baseline_number": "number_value", "target": "number_value"}


def fact_of(
    said: dict[str, Any], turns: dict[int, Turn], interviews: Interviews, allowed: Sequence[str]
) -> Fact | str:
    """Turn one answer into a fact, or say why it is none.

    A quote that does not stand in the turn keeps an empty span, and is refused with its reason.
    """
    turn = turns.get(whole_number(said.get("turn")) or -1)
    quote, kind = said.get("quote"), said.get("type")
    if kind not in allowed:
        return "type"
    if turn is None:
        return "turn"
    if not isinstance(quote, str):
        return "quote"
    if holds_orders(quote):
        return "orders"
    said = fields_of(str(kind), said)
    if (needed := _NEEDED.get(str(kind))) and said[needed] is None:
        return "incomplete"
    grounded = ground(quote, turn.text)
    place = (turn.document_id, turn.turn_index)
    evidence = (
        Evidence(*place, grounded.start, grounded.end, grounded.quote)
        if isinstance(grounded, Grounded)
        else Evidence(*place, 0, 0, quote)
    )
    hours = _HOURS.get(str(said.get("wait_unit")))
    wait = _number(said.get("wait_value")) if hours else None
    number, unit = _number(said.get("number_value")), _text(said.get("unit"))
    horizon = _number(said.get("horizon_months"))
    units = (wait, said.get("wait_unit")), (number, unit)
    if any(value is not None and unit_not_said(str(name or ""), quote) for value, name in units):
        return "unit"
    fact = Fact(
        fact_type=str(kind),
        evidence=evidence,
        confidence=SEEN_ONCE,
        found_by="llm",
        task_phrase=_text(said.get("task")),
        topic=_text(said.get("topic")),
        detail=_text(said.get("detail")),
        workflow=_text(said.get("workflow")),
        step_order=_rank(said.get("step_order")),
        nature=_text(said.get("nature")),
        tool=_text(said.get("tool")),
        documents=_text(said.get("documents")),
        waiting_team_id=_team(said.get("waiting_team"), interviews),
        providing_team_id=_team(said.get("providing_team"), interviews),
        object=_text(said.get("object")),
        cause=_text(said.get("cause")),
        severity=_grade(said.get("severity")),
        wait_hours=None if wait is None or hours is None else wait * hours,
        satisfaction=_grade(said.get("satisfaction")),
        is_imposed=_flag(said.get("is_imposed")),
        missing_integration=_text(said.get("missing_integration")),
        redundant_with=_text(said.get("redundant_with")),
        polarity=_text(said.get("polarity")),
        number_value=number,
        unit=unit,
        horizon_months=horizon,
        document_name=_text(said.get("document_name")),
        document_kind=_text(said.get("document_kind")),
        document_status=_text(said.get("document_status")),
        owner_role=_text(said.get("owner_role")),
        speaker_team_id=turn.team_id,
        figures=tuple(
            _as_said(value, quote, scales)
            for value, scales in (
                (wait, [1.0]), (number, _scales(unit, quote)), (horizon, _scales_of_months(quote)),
            )
            if value is not None
        ),
    )  # fmt: skip
    if fact.waiting_team_id and fact.waiting_team_id == fact.providing_team_id:
        return "one_party"
    return only_what_was_said(fact, turn, turns.values())


def _as_said(value: float, quote: str, scales: Sequence[float]) -> float:
    """Return the figure as the quote says it, infinite where it says it in none of the scales."""
    wanted, said = [value * scale for scale in scales], numbers_in(quote)
    readings = [(number, number) for number in said]
    # "Une heure et demie" is two figures.
    readings += [(whole + 0.5, whole) for whole, half in pairwise(said) if half == 0.5]
    return next((n for read, n in readings if any(isclose(read, w) for w in wanted)), inf)


def _scales(unit: str | None, quote: str) -> list[float]:
    """What a figure of `unit` is multiplied with to be said: 12 k€ are "12 k€" or "12 000 €"."""
    unit, quote = fold(unit or ""), fold(quote)
    stands_for = next((scale for words, scale in _UNITS if words.match(unit)), 1.0)
    said = [scale for sign, scale in _SIGNS if sign.search(quote)]
    if not said or not _MONEY.search(unit) or _PLAIN_MONEY.search(quote):
        said.append(1.0)
    return [stands_for / scale for scale in said]


def _scales_of_months(quote: str) -> list[float]:
    """What months are multiplied with to be said: "deux ans" is said for 24, "deux mois" for 2."""
    names = (("mois", 1.0), ("ans", 1 / 12))
    return [scale for name, scale in names if not unit_not_said(name, quote)]


def _text(value: object) -> str | None:
    return readable(value) or None if isinstance(value, str) else None


def _number(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _BEYOND:
        return float(value)
    return None  # NaN too, which is below nothing


def whole_number(value: object) -> int | None:
    """Return a whole number as it may count turns or steps, None for anything else."""
    number = _number(value)
    is_whole = number is not None and abs(number) < _MOST_COUNTED and number == int(number)
    return int(number) if number is not None and is_whole else None


def _rank(value: object) -> int | None:
    rank = whole_number(value)
    return rank if rank is not None and rank >= 1 else None


def _grade(value: object) -> int | None:
    grade = whole_number(value)
    return grade if grade is not None and 1 <= grade <= 5 else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _team(value: object, interviews: Interviews) -> str | None:
    return value if isinstance(value, str) and value in {*interviews.teams, CLIENT} else None
