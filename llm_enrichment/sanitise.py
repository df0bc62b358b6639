"""Read of a task text the one sentence that speaks of work, so that no order changes a label.

Task texts are data. Orders to whoever labels them are an open class, so what is read has to earn
it: the first sentence that reads as work is the task, and no other is read with it. Within the
sentence reading ends where something sounds like an order, in brackets or behind a semicolon where
it may. Plain orders are known by patterns (order_patterns.py), others by word statistics
(offline/orders.py).
Does not belong here: redaction of people, which ingestion does.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from llm_enrichment.normalise import content_tokens, readable
from llm_enrichment.offline.orders import order_chances
from llm_enrichment.order_patterns import CHAT_MARKUP, spans_of_orders

# What ends a sentence: a point (not within a number or abbreviation), any two signs in a row.
_END = (
    r"(?:[!?\n|{}<>#*`\\…]|\.(?!\d|\s*[a-zà-ÿ])|[^\w\s\"'’«»“”€%]{2,}|%{2,}"
    r"|[\u2190-\u2bff\U0001f000-\U0001faff])"
)
_SENTENCE = re.compile(rf"(?:(?!{_END}).)+(?:{_END}|\s|$)*|{_END}+", re.DOTALL)
# What parts it inside; after the signs of the first group stands an aside.
_INNER = re.compile(r"((?:[;()\[\]]|\.(?=\s))+\s*)|\s[-–—]+\s|[,:=/\"«»“”]+\s*")
_JSON_KEY = re.compile(r"\"?\s*[{,\[]\s*\"\w+\"\s*:\s*\"?")
# Chances of being an order from which on a part is left out: as what alone is there, as the task
# beside others, in the task's sentence, as an aside. Many tasks owe their label to the rest of
# their sentence ("stratégie d'enchères : je coche les mêmes cases"), few to an aside.
_ALONE, _LIKELY, _INSIDE, _ASIDE = 0.9, 0.5, 0.4, 0.15
# Without punctuation, an order has to be this plain, and its words this many.
_UNPARTED, _FEWEST_WORDS, _MOST_WORDS = 0.9, 3, 40
# Pasted documents: characters read of a text, and of a sentence from one part on.
_LONGEST, _LONGEST_REST = 10_000, 300
_TINY = 1e-9
_EDGES = " .;:,-|/\\\"'()[]{}<>=*#`!→«»“”–—"
_LAST_SIGNS = re.compile(rf"(?:\s|{_END})+$")
_SPELT_OUT = re.compile(r"\b(?:\w[-._ ]){3,}\w\b")
# Letters of other alphabets that pass for Latin ones.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕАВЕКМНОРСТХοαΑΒΕΗΙΚΜΝΟΡΤΧ", "aeopcyxijsABEKMHOPCTXoaABEHIKMNOPTX"
)
# Words in other alphabets, and strings that are code rather than words.
_UNREADABLE = re.compile(
    r"[^\W\d_]{0,40}[\u0370-\u1dff\u2c80-\uffef][^\W\d_]*"
    r"|\b(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{12,}={0,2}"
    r"|\b[A-Za-z0-9+/]{8,}={1,2}(?!\w)|(?:%[0-9A-Fa-f]{2}){3,}|\b(?:[0-9a-f]{2}\ ?){8,}\b"
)


@dataclass(frozen=True)
class SanitisedText:
    """What of a text is read as the task.

    Attributes:
        text: the sentence.
        further: other sentences that may be the task if this one is none.
        is_cut: whether something was left out.
    """

    text: str
    further: tuple[str, ...] = ()
    is_cut: bool = False


class _Place(Enum):
    """Where a part stands in its sentence."""

    FIRST = "first"
    ASIDE = "aside"
    INSIDE = "inside"


@dataclass(frozen=True)
class _Part:
    """A part of a sentence.

    Attributes:
        text: as it stands, with what ends it.
        words: without.
        rest: the words of it and of what follows in its sentence; empty where it begins one.
        place: where it stands.
        is_order: whether a pattern says so.
    """

    text: str
    words: str
    rest: str
    place: _Place
    is_order: bool


def sanitise(texts: Sequence[str | None]) -> list[SanitisedText]:
    """Return what of each text is read as the task, on one readable line."""
    parted = [_parts(text) for text in texts]
    chances = _chances(t for parts, _ in parted for part in parts for t in (part.words, part.rest))
    doubtful = {part.words for parts, _ in parted for part in parts if not part.is_order}
    unparted = _unparted(sorted(t for t in doubtful if chances[t] >= _ASIDE))
    return [_read(parts, is_cut, chances, unparted) for parts, is_cut in parted]


def _chances(words: Iterable[str]) -> dict[str, float]:
    distinct = sorted(set(words))
    return dict(zip(distinct, order_chances(distinct).tolist(), strict=True))


def _unparted(texts: Sequence[str]) -> dict[str, str]:
    """Return the work in texts where no punctuation parts it from an order before or after.

    It is parted before a capital letter rather than elsewhere.
    """
    halves: dict[str, list[tuple[str, str]]] = {}
    for text in texts:
        words = text.split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
        ends = range(2, len(words) - 1)
        halves[text] = [(" ".join(words[:end]), " ".join(words[end:])) for end in ends]
    chances = _chances(half for pairs in halves.values() for pair in pairs for half in pair)
    work: dict[str, str] = {}
    for text, pairs in halves.items():
        clear = [
            (pair[1][0].isupper(), _log_odds(chances[order]) - _log_odds(chances[left]), left)
            for pair in pairs
            for left, order in (pair, pair[::-1])
            if chances[left] < _ASIDE
            and chances[order] >= _UNPARTED
            and len(order.split()) >= _FEWEST_WORDS
        ]
        if clear:
            work[text] = max(clear)[-1]
    return work


def _log_odds(chance: float) -> float:
    return math.log((chance + _TINY) / (1 - chance + _TINY))


def _parts(text: str | None) -> tuple[list[_Part], bool]:
    """Return the parts of a text, and whether something unreadable was taken out before."""
    lines = [readable(line) for line in (text or "")[:_LONGEST].splitlines()]
    bare = "\n".join(line for line in lines if line)
    bare = _SPELT_OUT.sub(lambda word: re.sub(r"[-._ ]", "", word.group()), bare)
    bare = _JSON_KEY.sub("\n", bare)
    marked = CHAT_MARKUP.sub("\nsystem:\n", bare)
    latin = " ".join(_in_latin(word) for word in marked.split(" "))
    readable_only = _UNREADABLE.sub("\n", latin)
    sentences = _SENTENCE.findall(readable_only)
    return [p for s in sentences for p in _parts_of_sentence(s)], readable_only != bare


def _in_latin(word: str) -> str:
    """Return `word` with its look-alike letters replaced where all of it passes for Latin."""
    latin = word.translate(_LOOKALIKES)
    return latin if latin.isascii() else word


def _parts_of_sentence(sentence: str) -> Iterator[_Part]:
    orders = list(spans_of_orders(sentence))
    places = {edge: _Place.INSIDE for span in orders for edge in span}
    for gap in _INNER.finditer(sentence):
        places[gap.end()] = _Place.ASIDE if gap.group(1) else _Place.INSIDE
    places |= {0: _Place.FIRST, len(sentence): _Place.FIRST}
    for start, end in pairwise(sorted(places)):
        text = sentence[start:end]
        rest = sentence[start : start + _LONGEST_REST] if start else ""
        is_order = any(start < b and a < end for a, b in orders)
        yield _Part(text, _tidy(text), _tidy(rest), places[start], is_order)


def _read(
    parts: Sequence[_Part],
    is_cut: bool,
    chances: Mapping[str, float],
    unparted: Mapping[str, str],
) -> SanitisedText:
    """Return the first sentence that reads as work."""
    own = [1.0 if part.is_order else chances[part.words] for part in parts]
    if len(parts) == 1 and own[0] < _ASIDE:
        return SanitisedText(parts[0].words, is_cut=is_cut)
    heads = _heads(parts, own) or [n for n, part in enumerate(parts) if part.words in unparted][:1]
    if not heads:
        return SanitisedText("", is_cut=is_cut or any(part.is_order for part in parts))
    spans = [_span(parts, own, head, chances) for head in heads]
    works = [
        unparted.get(parts[head].words) or _tidy("".join(part.text for part in parts[first:last]))
        for head, (first, last) in zip(heads, spans, strict=True)
    ]
    first, last = spans[0]
    left_out = any(content_tokens(part.words) for part in (*parts[:first], *parts[last:]))
    is_cut = is_cut or left_out or parts[heads[0]].words in unparted
    return SanitisedText(works[0], tuple(works[1:]), is_cut)


def _heads(parts: Sequence[_Part], own: Sequence[float]) -> list[int]:
    """Return the part that is the task, and the clear ones after it that begin a sentence."""
    begins: list[int] = []
    inside: list[int] = []
    is_open = True  # nothing but a single harmless word so far in this sentence
    for number, part in enumerate(parts):
        is_open = is_open or part.place != _Place.INSIDE
        if sum(not token.isdigit() for token in content_tokens(part.words)) > 1:
            (begins if is_open else inside).append(number)
            is_open = False
        is_open = is_open and own[number] < _INSIDE
    single = [number for number, part in enumerate(parts) if content_tokens(part.words)]
    likely = [(most, group) for group in (begins, inside) for most in (_ASIDE, _LIKELY)]
    doubtful = [(_ALONE, group) for group in (begins, inside, single)]
    ranked = [(most, number) for most, group in likely + doubtful for number in group]
    task = next((number for most, number in ranked if own[number] < most), None)
    if task is None:
        return []
    later = [n for n in begins if n > task and own[n] < _ASIDE and parts[n].place == _Place.FIRST]
    return [task, *later]


def _span(
    parts: Sequence[_Part], own: Sequence[float], head: int, chances: Mapping[str, float]
) -> tuple[int, int]:
    """Return the bounds of the parts that are read with `head`."""
    first, last = head, head + 1
    while parts[first].place == _Place.INSIDE and own[first - 1] < _INSIDE:
        first -= 1
    while last < len(parts) and _belongs(last, parts, own, chances):
        last += 1
    return first, last


def _belongs(
    number: int, parts: Sequence[_Part], own: Sequence[float], chances: Mapping[str, float]
) -> bool:
    """Whether a part is read with the work before it."""
    part, chance, chance_of_rest = parts[number], own[number], chances[parts[number].rest]
    if part.place == _Place.ASIDE:
        return max(chance, chance_of_rest) < _ASIDE
    following = parts[number + 1 : number + 2]
    leads_to_order = chance_of_rest >= _INSIDE or any(
        p.is_order and p.place != _Place.FIRST for p in following
    )
    is_weak = chance >= _ASIDE or len(content_tokens(part.words)) < 2
    return part.place == _Place.INSIDE and chance < _INSIDE and not (is_weak and leads_to_order)


def _tidy(text: str) -> str:
    return _LAST_SIGNS.sub("", " ".join(text.split())).strip(_EDGES)
