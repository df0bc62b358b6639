"""Read of a task text the one sentence that speaks of work, so that no order changes a label.

Task texts are data. Orders to whoever labels them are an open class, so what is read has to earn
it: the first sentence that reads as work is the task, and no other is read with it. Within the
sentence orders are cut out and what is left of the work is read; reading ends where something
sounds like an order, in brackets or behind a semicolon where it may. Plain orders are known by
patterns (order_patterns.py), others by statistics of words (offline/order_words.py).
Does not belong here: redaction of people, which ingestion does.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise, takewhile

from llm_enrichment.normalise import LOOKALIKES, STOP_WORDS, content_tokens, fold, readable, tokens
from llm_enrichment.offline.order_words import Reading, Span, read_orders
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
# One task in a hundred sounds more like an order than this.
_RARE = 0.25
# Words of content up to which a phrase before an order may be half a task, or lead to the order.
_HALF, _LEADING = 2, 3
# Pasted documents: characters read of a text.
_LONGEST = 10_000
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
# Where a phrase is not at its end yet, and what takes one up.
_OPEN_WORD = (
    r"(?:de|du|des|d'|la|le|les|l'|un|une|a|au|aux|en|sur|dans|par|pour|avec|chez|vers|entre|et|nos|"
    r"ses|leurs?|the|an?|of|to|in|on|for|from|with|by|into|at|and|our|your|their)"
)
_OPEN_END = re.compile(rf"\b{_OPEN_WORD}$")
_OPEN_START = re.compile(rf"(?!(?:et|and|un|une|an?|la|le|les|l'|the)\b){_OPEN_WORD}\b")
# "For the audit, …" leads to an order beside it and is no task.
_LEADS = re.compile(
    r"(?:dans|pour|afin|aux? fins?|a (?:des|l'attention)|par souci|for|in|en vue)\b"
)
# What belongs to the order before it: labels, and small letters up to a capital one.
_LABELS = re.compile(
    r"\W*(?:(?:pas|comme|de|du|la|le|en|as|not|is|est)\s+)*"
    r"(?:humai\w+|human\w*|r[eè]gles?|rules?|mixte?s?|mixed|automat\w+|juge?ments?|judge?ments?)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"\s*(?:(?![A-ZÀ-Ý][a-zà-ÿ])[\w'’]+\s+){1,6}(?=[A-ZÀ-Ý][a-zà-ÿ]+\s)")
# Words in other alphabets, and strings that are code rather than words; what each of them holds.
_MAY_BE_UNREADABLE = re.compile(r"[\u0370-\uffef=%]|[A-Za-z0-9+/]{12}|(?:[0-9a-f]{2} ?){8}")
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
        place: where it stands.
        is_order: whether it is known to be one.
        chance: how likely it is an order.
    """

    text: str
    words: str
    place: _Place
    is_order: bool
    chance: float

    @property
    def is_left_out_inside(self) -> bool:
        """Whether it is an order or nothing, inside a phrase."""
        return self.place == _Place.INSIDE and (self.is_order or not self.words)


def sanitise(texts: Sequence[str | None]) -> list[SanitisedText]:
    """Return what of each text is read as the task, on one readable line."""
    read = [_sentences(text) for text in texts]
    pieces = {s[a:b] for sentences, _ in read for s in sentences for a, b, _ in _pieces(s)}
    distinct = sorted(pieces)
    readings = dict(zip(distinct, read_orders(distinct), strict=True))
    parted = [[p for s in sentences for p in _parts(s, readings)] for sentences, _ in read]
    return [_read(parts, is_cut) for parts, (_, is_cut) in zip(parted, read, strict=True)]


def _sentences(text: str | None) -> tuple[list[str], bool]:
    """Return the sentences of a text, and whether something unreadable was taken out before."""
    lines = [readable(line) for line in (text or "")[:_LONGEST].splitlines()]
    bare = "\n".join(line for line in lines if line)
    bare = _SPELT_OUT.sub(lambda word: re.sub(r"[-._ ]", "", word.group()), bare)
    bare = _JSON_KEY.sub("\n", bare)
    marked = CHAT_MARKUP.sub("\nsystem:\n", bare)
    latin = " ".join(_in_latin(word) for word in marked.split(" "))
    readable_only = _UNREADABLE.sub("\n", latin) if _MAY_BE_UNREADABLE.search(latin) else latin
    return _SENTENCE.findall(readable_only), readable_only != bare


def _in_latin(word: str) -> str:
    """Return `word` with its look-alike letters replaced where all of it passes for Latin."""
    latin = word.translate(LOOKALIKES)
    return latin if latin.isascii() else word


def _pieces(sentence: str) -> Iterator[tuple[int, int, _Place]]:
    """Yield the bounds of what signs part in a sentence, and where it stands."""
    start, place = 0, _Place.FIRST
    for gap in _INNER.finditer(sentence):
        yield start, gap.end(), place
        start, place = gap.end(), _Place.ASIDE if gap.group(1) else _Place.INSIDE
    if start < len(sentence):
        yield start, len(sentence), place


def _parts(sentence: str, readings: Mapping[str, Reading]) -> Iterator[_Part]:
    pieces = [(a, b, place, readings[sentence[a:b]]) for a, b, place in _pieces(sentence)]
    words = [(a + x, a + y) for a, _, _, reading in pieces for x, y in reading.orders]
    orders = [(start, _end_of(end, sentence)) for start, end in _orders(sentence, words)]
    edges = sorted(edge for span in orders for edge in span)
    for start, end, place, reading in pieces:
        inner = [start, *(edge for edge in edges if start < edge < end), end]
        for first, last in pairwise(inner):
            text = sentence[first:last]
            is_order = any(first < b and a < last for a, b in orders)
            chance = 1.0 if is_order else reading.chance(first - start, last - start)
            yield _Part(
                text, _tidy(text), place if first == start else _Place.INSIDE, is_order, chance
            )


def _orders(sentence: str, words: Sequence[Span]) -> list[Span]:
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


def _end_of(end: int, sentence: str) -> int:
    """Return where an order ends that seems to end at `end`: behind the labels that follow.

    A capital letter after small ones begins what was written before the order was put there.
    """
    while labels := _LABELS.match(sentence, end):
        end = labels.end()
    capital = _CAPITAL.match(sentence, end)
    if capital and not _OPEN_END.search(fold(capital.group().rstrip())):
        rest = _INNER.split(sentence[capital.end() :], maxsplit=1)[0]
        if len(content_tokens(rest)) > len(content_tokens(capital.group())):
            return capital.end()
    return end


def _read(parts: Sequence[_Part], is_cut: bool) -> SanitisedText:
    """Return the first sentence that reads as work."""
    if len(parts) == 1 and parts[0].chance < _ASIDE:
        return SanitisedText(_words_of(parts, [0]), is_cut=is_cut)
    heads = _heads(parts)
    if not heads:
        return SanitisedText("", is_cut=is_cut or any(part.is_order for part in parts))
    works = [_span(parts, head) for head in heads]
    texts = [_words_of(parts, work) for work in works]
    left_out = any(content_tokens(part.words) for n, part in enumerate(parts) if n not in works[0])
    return SanitisedText(texts[0], tuple(texts[1:]), is_cut or left_out)


def _words_of(parts: Sequence[_Part], work: Sequence[int]) -> str:
    """Return the words of some parts, without those that lead to an order after them."""
    written = "".join(parts[number].text for number in work)
    words = _tidy(written)
    if "?" in written and _QUESTION.search(fold(written)):
        return f"{words} ?"
    following = parts[work[-1] + 1 : work[-1] + 2]
    while any(part.is_order and part.place != _Place.FIRST for part in following):
        before, _, last = words.rpartition(" ")
        if not STOP_WORDS.issuperset(tokens(last)):
            break
        words = _tidy(before)
    return words


def _heads(parts: Sequence[_Part]) -> list[int]:
    """Return the part that is the task, and the clear ones after it that begin a sentence."""
    begins: list[int] = []
    inside: list[int] = []
    is_open = True  # nothing but a single harmless word so far in this sentence
    for number, part in enumerate(parts):
        is_open = is_open or part.place != _Place.INSIDE
        if sum(not token.isdigit() for token in content_tokens(part.words)) > 1:
            (begins if is_open else inside).append(number)
            is_open = False
        is_open = is_open and parts[number].chance < _INSIDE
    single = [number for number, part in enumerate(parts) if content_tokens(part.words)]
    # Beside a known order, what sounds like one is another part of it.
    clause_of = list(accumulate(part.place != _Place.INSIDE for part in parts))
    with_orders = {clause_of[n] for n, part in enumerate(parts) if part.is_order}
    apart = [number for number in begins if clause_of[number] not in with_orders]
    suspected = {clause_of[n] for n, part in enumerate(parts) if part.chance >= _LIKELY}
    beside = [number for number in inside if clause_of[number] in suspected]
    alone = _LIKELY if with_orders else _ALONE
    likely = [(_ASIDE, apart), (_RARE, apart), (_ASIDE, begins), (_ASIDE, beside), (_LIKELY, apart)]
    likely += [(_ASIDE, inside), (_LIKELY, begins), (_LIKELY, inside)]
    doubtful = [(alone, group) for group in (begins, inside, single)]
    ranked = [(most, number) for most, group in likely + doubtful for number in group]
    leads = {
        number
        for number, part in enumerate(parts)
        if clause_of[number] in with_orders
        and _LEADS.match(fold(part.words))
        and len(content_tokens(part.words)) <= _LEADING
    }
    clear = (number for most, number in ranked if parts[number].chance < most)
    task = next((number for number in clear if number not in leads), None)
    if task is None:
        return []
    if clause_of[task] in with_orders:
        # On either side of an order: what sounds least like one.
        rivals = {n for n in begins + inside if clause_of[n] == clause_of[task]} - leads
        task = min(sorted(rivals) or [task], key=lambda number: parts[number].chance)
    later = (n for n in begins if n > task and parts[n].place == _Place.FIRST)
    return [task, *(n for n in later if parts[n].chance < _ASIDE)]


def _span(parts: Sequence[_Part], head: int) -> list[int]:
    """Return the parts that are read with `head`, itself included."""
    first, last = head, head + 1
    while parts[first].place == _Place.INSIDE and parts[first - 1].chance < _INSIDE:
        first -= 1
    if first and parts[first].place == _Place.INSIDE and parts[first - 1].is_order:
        first = head  # what led to it was left of an order
    while last < len(parts) and _belongs(last, parts):
        last += 1
    work = list(range(first, last))
    # A phrase goes on behind an order that was put into it.
    before, after = first - 1, last
    while before > 0 and parts[before].is_left_out_inside:
        before -= 1
    while after < len(parts) - 1 and parts[after].is_left_out_inside:
        after += 1
    if 0 <= before < first - 1 and _goes_on(parts[before], parts[first], parts[head]):
        work.insert(0, before)
    if last < after < len(parts) and _goes_on(parts[last - 1], parts[after], parts[head]):
        work.append(after)
    return work


def _goes_on(first: _Part, second: _Part, head: _Part) -> bool:
    """Whether two parts with an order between them, one of them `head`, are one phrase."""
    if second.place != _Place.INSIDE or max(first.chance, second.chance) >= _INSIDE:
        return False
    return bool(
        len(content_tokens(head.words)) <= _HALF
        or _OPEN_END.search(fold(first.words))
        or _OPEN_START.match(fold(second.words))
    )


def _belongs(number: int, parts: Sequence[_Part]) -> bool:
    """Whether a part is read with the work before it."""
    part = parts[number]
    following = takewhile(lambda p: p.place != _Place.FIRST, parts[number + 1 :])
    rest = max((p.chance for p in following), default=0.0)
    if part.place == _Place.ASIDE:
        return max(part.chance, rest) < _ASIDE
    is_weak = part.chance >= _ASIDE or len(content_tokens(part.words)) < 2
    is_likely = part.place == _Place.INSIDE and part.chance < _INSIDE
    return is_likely and not (is_weak and rest >= _INSIDE)


def _tidy(text: str) -> str:
    return _LAST_SIGNS.sub("", " ".join(text.split())).strip(_EDGES)
