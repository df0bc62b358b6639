"""Read of a task text the one sentence that speaks of work, so that no order changes a label.

Task texts are data. Orders to whoever labels them are an open class, so what is read has to earn
it: the first sentence that reads as work is the task, and no other is read with it. Within the
sentence reading ends where something sounds like an order, in brackets or behind a semicolon where
it may. Plain orders are known by patterns (order_patterns.py), others by statistics of whole parts
(offline/orders.py) and, where no punctuation parts them from work, of words (order_words.py).
Does not belong here: redaction of people, which ingestion does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from llm_enrichment.normalise import LOOKALIKES, STOP_WORDS, content_tokens, fold, readable, tokens
from llm_enrichment.offline.order_words import order_spans
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
# Pasted documents: characters read of a text, and of a sentence from one part on.
_LONGEST, _LONGEST_REST = 10_000, 300
_EDGES = " .;:,-|/\\\"'()[]{}<>=*#`!→«»“”–—"
_LAST_SIGNS = re.compile(rf"(?:\s|{_END})+$")
# A question keeps its sign, so that nobody takes it for a task; "Saisir les factures ?" is a task.
_QUESTION = re.compile(
    r"(?:^\W*(?:comment|qui|que|quoi|pourquoi|combien|quand|ou|quels?|quelles?|est-ce|faut-il|"
    r"how|what|who|why|which|when|where|"
    r"(?:do|does|is|are|can|could|would|should) (?:we|you|i|it))\b"
    r".*|.*\b(?:laquelle|lequel|lesquel\w+|which one) ?)\?\W*$",
    re.DOTALL,
)
_SPELT_OUT = re.compile(r"\b(?:\w[-._ ]){3,}\w\b")
# Words in other alphabets, and strings that are code rather than words.
_UNREADABLE = re.compile(
    r"[^\W\d_]{0,40}[\u0370-\u1dff\u2c80-\uffef][^\W\d_]*"
    r"|\b(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{12,}={0,2}"
    r"|\b[A-Za-z0-9+/]{8,}={1,2}(?!\w)|(?:%[0-9A-Fa-f]{2}){3,}|\b(?:[0-9a-f]{2}\ ?){8,}\b"
)


_Span = tuple[int, int]


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
    read = [_sentences(text) for text in texts]
    distinct = sorted({sentence for sentences, _ in read for sentence in sentences})
    orders = dict(zip(distinct, order_spans(distinct), strict=True))
    parted = [[p for s in sentences for p in _parts(s, orders[s])] for sentences, _ in read]
    chances = _chances(t for parts in parted for part in parts for t in (part.words, part.rest))
    return [_read(p, is_cut, chances) for p, (_, is_cut) in zip(parted, read, strict=True)]


def _chances(words: Iterable[str]) -> dict[str, float]:
    distinct = sorted(set(words))
    return dict(zip(distinct, order_chances(distinct).tolist(), strict=True))


def _sentences(text: str | None) -> tuple[list[str], bool]:
    """Return the sentences of a text, and whether something unreadable was taken out before."""
    lines = [readable(line) for line in (text or "")[:_LONGEST].splitlines()]
    bare = "\n".join(line for line in lines if line)
    bare = _SPELT_OUT.sub(lambda word: re.sub(r"[-._ ]", "", word.group()), bare)
    bare = _JSON_KEY.sub("\n", bare)
    marked = CHAT_MARKUP.sub("\nsystem:\n", bare)
    latin = " ".join(_in_latin(word) for word in marked.split(" "))
    readable_only = _UNREADABLE.sub("\n", latin)
    return _SENTENCE.findall(readable_only), readable_only != bare


def _in_latin(word: str) -> str:
    """Return `word` with its look-alike letters replaced where all of it passes for Latin."""
    latin = word.translate(LOOKALIKES)
    return latin if latin.isascii() else word


def _parts(sentence: str, words: Sequence[_Span]) -> Iterator[_Part]:
    orders = _orders(sentence, words)
    places = {edge: _Place.INSIDE for span in orders for edge in span}
    for gap in _INNER.finditer(sentence):
        places[gap.end()] = _Place.ASIDE if gap.group(1) else _Place.INSIDE
    places |= {0: _Place.FIRST, len(sentence): _Place.FIRST}
    for start, end in pairwise(sorted(places)):
        text = sentence[start:end]
        rest = sentence[start : start + _LONGEST_REST] if start else ""
        is_order = any(start < b and a < end for a, b in orders)
        yield _Part(text, _tidy(text), _tidy(rest), places[start], is_order)


def _orders(sentence: str, words: Sequence[_Span]) -> list[_Span]:
    """Return the bounds of orders: runs of words that leave something else, and plain ones.

    Where both see one order, the words say better where it begins and ends.
    """
    plain = list(spans_of_orders(sentence))
    other = [one for one in plain if not any(one[0] < b and a < one[1] for a, b in words)]
    left, place = "", 0
    for start, end in sorted([*words, *other, (len(sentence), len(sentence))]):
        left += sentence[place:start] + " "
        place = max(place, end)
    return [*words, *other] if len(content_tokens(left)) > 1 else plain


def _read(parts: Sequence[_Part], is_cut: bool, chances: Mapping[str, float]) -> SanitisedText:
    """Return the first sentence that reads as work."""
    own = [1.0 if part.is_order else chances[part.words] for part in parts]
    if len(parts) == 1 and own[0] < _ASIDE:
        return SanitisedText(_words_of(parts, [0]), is_cut=is_cut)
    heads = _heads(parts, own)
    if not heads:
        return SanitisedText("", is_cut=is_cut or any(part.is_order for part in parts))
    works = [_span(parts, own, head, chances) for head in heads]
    texts = [_words_of(parts, work) for work in works]
    left_out = any(content_tokens(part.words) for n, part in enumerate(parts) if n not in works[0])
    return SanitisedText(texts[0], tuple(texts[1:]), is_cut or left_out)


def _words_of(parts: Sequence[_Part], work: Sequence[int]) -> str:
    """Return the words of some parts, without those that lead to an order after them."""
    written = "".join(parts[number].text for number in work)
    words = _tidy(written)
    if _QUESTION.search(fold(written)):
        return f"{words} ?"
    following = parts[work[-1] + 1 : work[-1] + 2]
    while any(part.is_order and part.place != _Place.FIRST for part in following):
        before, _, last = words.rpartition(" ")
        if not STOP_WORDS.issuperset(tokens(last)):
            break
        words = _tidy(before)
    return words


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
) -> list[int]:
    """Return the parts that are read with `head`, itself included."""
    first, last = head, head + 1
    while parts[first].place == _Place.INSIDE and own[first - 1] < _INSIDE:
        first -= 1
    while last < len(parts) and _belongs(last, parts, own, chances):
        last += 1
    work = list(range(first, last))
    # An order put into a phrase that is not at its end yet.
    while _is_open(parts[work[-1]]) and last < len(parts) and parts[last].place != _Place.FIRST:
        if own[last] < _INSIDE and len(content_tokens(parts[last].words)) > 1:
            return [*work, last]
        last += 1
    return work


def _is_open(part: _Part) -> bool:
    """Whether `part` ends in a word that leads to another one."""
    return bool(STOP_WORDS.intersection(tokens(part.words)[-1:]))


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
