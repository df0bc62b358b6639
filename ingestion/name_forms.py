"""The ways to write one person's name: order, initials, what they are called, together or apart.

Words are folded; "?j" stands for the initial J. Belongs here: which words name a person. Does not
belong here: finding them in text (name_patterns).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingestion.diminutives import AMBIGUOUS, DIMINUTIVES
from ingestion.folding import tokens
from ingestion.ordinary_words import ORDINARY_WORDS

_PARTICLE_WORDS = (
    "de du des d la le les l van von der den ben el al da di do dos y o saint sainte st ste"
)
PARTICLES = frozenset(_PARTICLE_WORDS.split())
_SHORTEST_JOINED = 5
_SHORT_WORDS = frozenset(("a", "an", "en", "es", "est", "et", "eu", "lu", "ma", "sa", "va", "vu"))
_SAINTS = {"saint": "st", "sainte": "ste"}
# What a surname of one word may begin with, that others write apart: "Du Moulin".
_WRITTEN_IN = (("de",), ("de", "la"), ("du",), ("des",), ("le",), ("la",))
_SHORTEST_WRITTEN_IN = 4
_CLANS = ("mac", "mc")
_PLAIN_WORDS = PARTICLES | ORDINARY_WORDS
_NO_NAMES_ALONE = PARTICLES | _SHORT_WORDS
_WORDS_AS_WELL = AMBIGUOUS | ORDINARY_WORDS
_AB_TEST = ("?a", "?b")
Words = tuple[str, ...]


@dataclass(frozen=True)
class NameForm:
    """One way to write a name.

    Attributes:
        words: folded words in a row.
        is_exact: without slips of the pen.
        needs_capital: a word of every day, or short: a name only with a capital that nothing else
            explains.
    """

    words: Words
    is_exact: bool = True
    needs_capital: bool = False


def name_forms(
    first: Words, last: Words, login: str | None = None, nicknames: Iterable[str] = ()
) -> Iterator[NameForm]:
    """All forms of one name; some come twice."""
    core = tuple(w for w in last if w not in PARTICLES) or last
    yield from _in_full(first, last, core)
    login_words = tokens(login) if login else ()
    if len(login_words) > 1 or len("".join(login_words)) > 4:
        yield NameForm(login_words)
    calls = {tokens(name) for name in nicknames} - {()} | set(_calls(first))
    yield from _every_day(first, last, core, calls)
    yield from _alone(first, last, core, calls)


def _in_full(first: Words, last: Words, core: Words) -> Iterator[NameForm]:
    initials = tuple(f"?{w[0]}" for w in first)
    for surname in {last, core} - {()}:
        givens = {first, first[:1]}
        if not _NO_NAMES_ALONE.issuperset(surname):  # "M. le" is no Mai Lê
            givens |= {initials, initials[:1]}
        for given in givens - {()}:
            yield NameForm(given + surname, is_exact=False)
            yield NameForm(surname + given, is_exact=False)
    if first and last:
        for joined in ("".join(first + last), "".join(last + first)):
            yield NameForm((joined,), is_exact=False)


def _every_day(first: Words, last: Words, core: Words, calls: set[Words]) -> Iterator[NameForm]:
    """What they are called, initials for a given name, half a name, parts written together."""
    surnames = {last, core, ("".join(last),)} | {(w,) for w in core if len(w) > 2}
    surnames |= {_tight(last), _abbreviated(last), *_clan(core), *_particle(last)}
    for surname in surnames - {(), ("",)}:
        for given in calls | ({first, first[:1]} - {()}):
            yield NameForm(given + surname)
            yield NameForm(surname + given)
            yield NameForm(("".join(given + surname),))
        if first and not _NO_NAMES_ALONE.issuperset(surname):
            letter, joined = first[0][0], "".join(surname)
            yield NameForm((f"?{letter}", *surname))
            if len(joined) >= _SHORTEST_JOINED:
                yield NameForm((letter + joined,))
                yield NameForm((joined + letter,))
    everything = first + last
    for start in range(len(everything)):
        for end in range(start + 2, len(everything) + 1):
            part = everything[start:end]
            if sum(len(word) > 2 and word not in _PLAIN_WORDS for word in part) > 1:
                yield NameForm(part)


def _alone(first: Words, last: Words, core: Words, calls: set[Words]) -> Iterator[NameForm]:
    """A given name, or a surname, without the other."""
    for name in {first, last, core} - {()}:
        if sum(map(len, name)) > 2:
            yield NameForm(name, is_exact=False)
        elif name[0] not in _NO_NAMES_ALONE and len(name[0]) > 1:
            yield NameForm(name, needs_capital=True)
    for surname in {_tight(last), _abbreviated(last), *_clan(core)} - {(), last, core}:
        if sum(map(len, surname)) > 2:
            yield NameForm(surname)
    for half in {(word,) for word in core} | {("".join(last),)}:
        if len(half[0]) >= _SHORTEST_JOINED and half[0] not in ORDINARY_WORDS:
            yield NameForm(half)
    if len(first) > 1:
        initials = tuple(f"?{w[0]}" for w in first)
        if initials != _AB_TEST:
            yield NameForm(initials)
        yield from (NameForm((word,), needs_capital=True) for word in first if len(word) > 2)
    for given in calls:
        yield NameForm(given, needs_capital=_is_everyday_word(given))


def _tight(last: Words) -> Words:
    """A surname with its single letters written together with their neighbour: "le floch"."""
    tight: list[str] = []
    for word in last:
        if tight and 1 in (len(word), len(tight[-1])):
            tight[-1] += word
        else:
            tight.append(word)
    return tuple(tight)


def _abbreviated(last: Words) -> Words:
    """ "St-Aubin" for "Saint-Aubin"."""
    return tuple(_SAINTS.get(word, word) for word in last) if len(last) > 1 else last


def _particle(last: Words) -> Iterator[Words]:
    """A particle written together with its word where it is apart, and the other way round."""
    if len(last) > 2 and last[0] in PARTICLES:
        yield ("".join(last[:2]),)
    for particle in _WRITTEN_IN if len(last) == 1 else ():
        rest = last[0].removeprefix("".join(particle))
        if rest != last[0] and len(rest) >= _SHORTEST_WRITTEN_IN:
            yield (*particle, rest)


def _clan(core: Words) -> Iterator[Words]:
    """ "Mc Allister" and "Mac Allister" for "McAllister"."""
    for word in core:
        for prefix in _CLANS:
            if word.startswith(prefix) and len(word) > len(prefix) + 3:
                yield from ((clan, word.removeprefix(prefix)) for clan in _CLANS)


def _calls(first: Words) -> Iterator[Words]:
    """What a given name becomes every day: "Fred", "JB", "Jean-Ba", "jeanbaptiste"."""
    for name in {first, first[:1]} - {()}:
        yield from ((short,) for short in DIMINUTIVES.get("".join(name), ()))
    if len(first) > 1:
        yield ("".join(w[0] for w in first),)
        yield ("".join(first),)
        starts = {first[1][:count] for count in (2, 3)} - PARTICLES - _SHORT_WORDS
        yield from ((first[0], start) for start in sorted(starts))


def _is_everyday_word(given: Words) -> bool:
    """Whether a diminutive is a word as well: "Ben" and "Ma" are, "JB" is none."""
    is_syllable = len(given[0]) == len("jb") and any(letter in "aeiouy" for letter in given[0])
    return given[0] in _WORDS_AS_WELL or is_syllable
