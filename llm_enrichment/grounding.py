"""Decide whether a quote really stands in a turn, and whether it carries what a fact claims.

A quote is accepted where the turn holds the same words in the same order: hesitations and articles
may come or go, a long word may differ by one letter, nothing else. Numbers, negations and names
must be the same, so that a changed figure, a dropped "pas", another name or swapped parties never
pass. What limits the words right beside them goes along (limits).
Does not belong here: finding facts (extraction/, llm/).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from llm_enrichment.limits import with_limits
from llm_enrichment.normalise import Folded, fold, word_set
from llm_enrichment.numbers import NUMBER_WORDS, numbers_in

# What a transcriber or a quoting model may leave out or add without changing what was said.
_FILLERS = word_set(
    """le la les l un une des the a an euh heu hum hein ben bah bon voila quoi donc alors enfin
    um uh er well okay ok"""
)
NEGATIONS = word_set(
    """ne n pas jamais aucun aucune rien personne sans ni non nul nulle not no never none
    nothing nobody without nor neither t cannot cant dont doesnt didnt isnt wont plus moins
    more less"""
)
# A negation that governs what follows it in its clause: "je ne pense pas que …".
_GOVERNING = re.compile(
    r"\b(?:ne|pas|jamais|aucune?|ni|not|never|nobody|none|no|cannot)\b|\bn'|n't\b"
)
_CLAUSE = re.compile(
    r"[,.;:!?…\n]|\b(?:et|mais|ou|car|puis|ensuite|donc|and|but|or|so|then|because|parce)\b"
)
_TOKEN = re.compile(r"(?:(?<![\w.,])-)?\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|[^\W\d_]+|[%€$£]")
_SHORTEST_FUZZY = 6
# Words for figures below a hundred are the same as the figures; "dizaine" and "half" are not.
_LARGE, _ABOUT = 100, ("aine", "dozen", "half", "demi", "demie")
# A letter more or less that changes when or whether something is, or turns it round.
_ENDINGS = tuple(
    (mood, re.compile(rf"(?:{ending})$"))
    for mood, ending in (
        ("conditional", "r(?:ais|ait|aient|ions|iez)"),
        ("future", "r(?:ai|as|a|ons|ez|ont)"),
        ("past", "ais|ait|aient|ions|iez|ed"),
        ("participle", "ant"),
        ("present", "ons|ez|[^s]es"),
    )
)
_OPPOSITES = frozenset(("dessous", "dessus"))
_ARTICLES_THAT_COUNT = frozenset(("un", "une", "a", "an"))
# "Par an" is no English article.
_BEFORE_A_YEAR = frozenset(("par", "un", "l", "d", "chaque", "per"))
# Turns whose words are kept: several facts quote one turn.
_MOST_KNOWN = 1000
# One measure a line, in both languages and as providers write units.
_MEASURES = tuple(
    re.compile(rf"(?<![a-z])(?:{words})(?![a-z])")
    for words in (
        r"h|heures?|hours?|hrs?",
        r"min|mn|minutes?",
        r"jours?|journees?|demi-journees?|days?|quotidien\w*|daily|quotidiennement",
        r"semaines?|weeks?|hebdo\w*|weekly",
        r"mois|months?|mensuel\w*|monthly",
        r"ans?|annees?|years?|annuel\w*|yearly|annually",
        r"%|pour ?cents?|per ?cent",
        r"€|k€|m€|euros?|eur",
    )
)


@dataclass(frozen=True)
class Grounded:
    """Where the quote stands in the turn's text, and the turn's own words there."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class NotGrounded:
    """Why the quote was refused: not_found, number, negation, name or words."""

    reason: str


@dataclass(frozen=True)
class _Token:
    word: str
    start: int
    end: int
    kind: str  # number, negation, name or words
    is_capital: bool
    is_filler: bool


def ground(quote: str, source: str) -> Grounded | NotGrounded:
    """Find `quote` in the turn text `source`.

    Returns:
        The span in characters of `source`, with what limits it there, or the reason of the refusal.
    """
    wanted = [token for token in _tokens(quote) if not token.is_filler]
    offered = [token for token in _tokens(source) if not token.is_filler]
    if not wanted:
        return NotGrounded("not_found")
    windows = [
        offered[first : first + len(wanted)] for first in range(len(offered) - len(wanted) + 1)
    ]
    places = [first for first, window in enumerate(windows) if all(map(_same, wanted, window))]
    reason = ""
    for first in places:
        start, end = windows[first][0].start, windows[first][-1].end
        before, after = offered[max(0, first - 1) : first], offered[first + len(wanted) :][:1]
        around = (
            *[t for t in before if _joined(source[t.end : start], ",")],
            *[t for t in after if _joined(source[end : t.start])],
        )
        governs = _GOVERNING.search(_CLAUSE.split(fold(source[:start]))[-1])
        if governs or any(token.kind == "negation" for token in around):
            reason = "negation"  # the cut would drop one
        elif _cuts_a_figure(quote, wanted, source, (start, end), (*before, *after)):
            reason = "number"
        else:
            start = _with_article(quote, wanted[0], source, start)
            end = _with_last_article(quote, wanted[-1], source, end)
            start, end = with_limits(start, end, source)
            return Grounded(start, end, source[start:end])
    return NotGrounded(reason or _closest(wanted, windows))


def _closest(wanted: Sequence[_Token], windows: Iterable[Sequence[_Token]]) -> str:
    """Return what parts the quote from the window that is nearest to it."""
    found = (
        [_difference(a, b) for a, b in zip(wanted, window, strict=True) if not _same(a, b)]
        for window in windows
    )
    differences, reason = min(
        ((len(differing), differing[0]) for differing in found), default=(0, "not_found")
    )
    return reason if differences <= max(1, len(wanted) // 3) else "not_found"


def unsupported(
    turn: str,
    quote: str,
    numbers: Iterable[float] = (),
    tools: Iterable[str] = (),
    parties: Iterable[Sequence[str]] = (),
) -> str | None:
    """Return why the quoted turn does not carry a fact's claims, or None.

    Args:
        turn: the whole text of the turn.
        quote: the accepted quote.
        numbers: figures that the fact states; each must be said in the quote.
        tools: tool names; each must be said in the turn.
        parties: for each party its names; one of them must be said in the turn.
    """
    said = numbers_in(quote)
    if any(all(abs(number - other) > 1e-9 for other in said) for number in numbers):
        return "number_not_in_quote"
    words = f" {' '.join(token.word for token in _tokens(turn))} "
    if any(_spoken(tool) not in words for tool in tools):
        return "tool_not_in_turn"
    if any(all(_spoken(name) not in words for name in names) for names in parties):
        return "party_not_in_turn"
    return None


def unit_not_said(unit: str, quote: str) -> bool:
    """Whether `unit` names a measure of time, money or share that `quote` does not name."""
    asked, said = fold(unit), fold(quote)
    return any(words.search(asked) and not words.search(said) for words in _MEASURES)


def _spoken(name: str) -> str:
    return f" {' '.join(token.word for token in _tokens(name))} "


@lru_cache(_MOST_KNOWN)
def _tokens(text: str) -> tuple[_Token, ...]:
    folded = Folded(text)
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(folded.text):
        start, end = folded.span(*match.span())
        raw, word = text[start:end], match.group()
        before = text[:start].rstrip(" \t\u00a0\"'«“(-–—")
        opens_sentence = not before or before[-1] in ".!?:;…\n"
        is_number = word[-1].isdigit() or word in NUMBER_WORDS or word in "%€$£"
        is_year = word == "an" and bool(tokens) and _ends_before_a_year(tokens[-1])
        is_filler = word in _FILLERS and not is_year
        if is_number and not is_filler:
            word = _figure(word)
        is_capital = raw[:1].isupper()
        is_name = is_capital and not opens_sentence
        kind = _kind(word, is_number=is_number, is_name=is_name)
        tokens.append(_Token(word, start, end, kind, is_capital, is_filler))
    return tuple(tokens)


def _ends_before_a_year(token: _Token) -> bool:
    return token.word in _BEFORE_A_YEAR or token.kind == "number"


def _figure(word: str) -> str:
    """A figure in digits, where it is one by itself."""
    if word[-1].isdigit():
        sign = "-" if word[0] == "-" else ""
        return f"{sign}{next(iter(numbers_in(word)), 0.0):g}"
    value = NUMBER_WORDS.get(word, _LARGE)
    return f"{value:g}" if value < _LARGE and not word.endswith(_ABOUT) else word


def _kind(word: str, *, is_number: bool, is_name: bool) -> str:
    if is_number:
        return "number"
    if word in NEGATIONS:
        return "negation"
    return "name" if is_name else "words"


def _same(a: _Token, b: _Token) -> bool:
    if a.word == b.word:
        return True
    if a.kind != "words" or b.kind != "words" or (a.is_capital and b.is_capital):
        return False  # at the start of a sentence, a capital may be that of a name
    if min(len(a.word), len(b.word)) < _SHORTEST_FUZZY or a.word[:2] != b.word[:2]:
        return False
    if _mood(a.word) != _mood(b.word) and None not in (_mood(a.word), _mood(b.word)):
        return False
    if {a.word, b.word} == _OPPOSITES:
        return False
    return Levenshtein.distance(a.word, b.word, score_cutoff=1) <= 1


def _mood(word: str) -> str | None:
    """What the ending of a verb says of when or whether it is so."""
    return next((mood for mood, ending in _ENDINGS if ending.search(word)), None)


def _before(text: str, place: int) -> list[_Token]:
    return [token for token in _tokens(text) if token.end <= place]


def _after(text: str, place: int) -> list[_Token]:
    return [token for token in _tokens(text) if token.start >= place]


def _with_article(quote: str, first: _Token, source: str, start: int) -> int:
    """Return where the quote starts in `source` once the articles it opens with are counted."""
    opening, before = _before(quote, first.start), _before(source, start)
    for article, said in zip(reversed(opening), reversed(before), strict=False):
        if article.word != said.word:
            break
        start = said.start
    return start


def _with_last_article(quote: str, last: _Token, source: str, end: int) -> int:
    """Return where the quote ends in `source` once the articles it ends with are counted."""
    for article, said in zip(_after(quote, last.end), _after(source, end), strict=False):
        if article.word != said.word:
            break
        end = said.end
    return end


def _counts(quote: str, first: _Token) -> bool:
    """Whether a quote opens with a figure, or with an article that counts: "une" is one."""
    opening = _before(quote, first.start)
    is_one = bool(opening) and opening[-1].word in _ARTICLES_THAT_COUNT
    return is_one or _is_figure(first)


def _cuts_a_figure(
    quote: str,
    wanted: Sequence[_Token],
    source: str,
    span: tuple[int, int],
    beside: Iterable[_Token],
) -> bool:
    """Whether a quote takes part of a figure only: "four hours" of "twenty-four hours"."""
    start, end = span
    opens, ends = _counts(quote, wanted[0]), _is_figure(wanted[-1])
    return any(
        opens and _is_figure(token, source[token.end : start])
        if token.end <= start
        else ends and _is_figure(token, source[end : token.start])
        for token in beside
    )


def _is_figure(token: _Token, between: str = "") -> bool:
    """Whether a token is a figure, or the part of one from which only a hyphen parts the quote."""
    return token.kind == "number" and token.word not in "%€$£" and not between.strip(" -\u00a0")


def _joined(between: str, also: str = "") -> bool:
    """Whether two tokens with this text between them stand in one sentence, or closer."""
    return not re.search(rf"[.!?;\n{also}]", between)


def _difference(a: _Token, b: _Token) -> str:
    for kind in ("number", "negation", "name"):
        if kind in {a.kind, b.kind}:
            return kind
    return "words"


def same_text(a: str, b: str) -> bool:
    """Whether two texts are the same once folded and spaced alike."""
    return " ".join(fold(a).split()) == " ".join(fold(b).split())
