"""Find people's names in text: whole, by surname, by initial, with typos, in any order.

A name is a sequence of folded words. Two or more words in a row are proof enough in any case and
with typos; one word alone needs a capital where it is an everyday word too, and one slip of the
pen is forgiven in long ones only. Does not belong here: what else identifies somebody.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from ingestion.diminutives import AMBIGUOUS, DIMINUTIVES
from ingestion.folding import fold, tokens
from ingestion.ordinary_words import ORDINARY_WORDS
from ingestion.vault import Vault

INVISIBLE_PATTERN = "[\u00ad\u200b-\u200f\u2060\ufeff]"
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.,'’_-]{1,3}")
_PHRASE_GAP = re.compile(r"[\W_]{1,5}")
_PARTICLE_WORDS = "de du des d la le les l van von der den ben el al da di do dos y o"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_BATCH = 20_000
_SENTENCE_END = re.compile(r"[^\w\s,'’(/&+-]")
_SHORTEST_JOINED = 5
_SHORT_WORDS = frozenset(("a", "an", "en", "es", "est", "et", "eu", "lu", "ma", "sa", "va", "vu"))
# What marks a word of a stranger's name, and words that are none alone.
_STRANGER = "~"
_NOT_ALONE = ORDINARY_WORDS | AMBIGUOUS
Words = tuple[str, ...]


def _calls(first: Words) -> Iterator[Words]:
    """What a given name becomes every day: "Fred", "JB", "Jean-Ba", "jeanbaptiste"."""
    for name in {first, first[:1]} - {()}:
        yield from ((short,) for short in DIMINUTIVES.get("".join(name), ()))
    if len(first) > 1:
        yield ("".join(w[0] for w in first),)
        yield ("".join(first),)
        starts = {first[1][:count] for count in (2, 3)} - _PARTICLES - _SHORT_WORDS
        yield from ((first[0], start) for start in sorted(starts))


def _is_everyday_word(given: Words) -> bool:
    """Whether a diminutive is a word as well: "Ben" and "Ma" are, "JB" is none."""
    is_syllable = len(given[0]) == len("jb") and any(letter in "aeiouy" for letter in given[0])
    return given[0] in AMBIGUOUS or is_syllable


def _is_proper(text: str, spans: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether a word has a capital that no beginning of a sentence and no acronym explains."""
    start, end = spans[position]
    is_inside = position > 0 and not _SENTENCE_END.search(text, spans[position - 1][1], start)
    return is_inside and text[start].isupper() and text[start + 1 : end].islower()


class NameFinder:
    """Names and phrases to look for; call `finish` after the last `add_*`."""

    def __init__(self, generic: str, vault: Vault, strangers: frozenset[str] = frozenset()) -> None:
        """Start empty.

        Args:
            generic: what stands for a name that several people bear.
            vault: knows the surnames of erased people.
            strangers: its hashes of words of names of people of whom nothing else is known.
        """
        self._generic, self._vault, self._strangers = generic, vault, strangers
        self._labels: dict[Words, set[str]] = defaultdict(set)
        self._first_names: dict[Words, list[str]] = defaultdict(list)
        self._phrases: set[Words] = set()
        self._by_start: dict[str, list[Words]] = defaultdict(list)
        self._vocabulary: list[str] = []
        self._misspelt: set[str] = set()
        self._ambiguous: set[Words] = set()
        self._sure: set[Words] = set()
        self._meanings: dict[str, tuple[str, ...]] = {}

    def add_person(self, first: Words, last: Words, label: str, login: str | None = None) -> None:
        """All ways to write one person; words are folded."""
        core = tuple(w for w in last if w not in _PARTICLES) or last
        initials = tuple(f"?{w[0]}" for w in first)
        for surname in {last, core} - {()}:
            for given in {first, first[:1]} - {()}:
                self._add(given + surname, label)
                self._add(surname + given, label)
            for letters in {initials, initials[:1]} - {()}:
                self._add(letters + surname, label)
                self._add(surname + letters, label)
            if sum(map(len, surname)) > 2:
                self._add(surname, label)
        if first and last:
            for joined in ("".join(first + last), "".join(last + first)):
                self._add((joined,), label)
        if first and sum(map(len, first)) > 2:
            self._first_names[first].append(label)
        login_words = tokens(login) if login else ()
        if len(login_words) > 1 or len("".join(login_words)) > 4:
            self._add(login_words, label)
        self._add_everyday(first, last, core, label)

    def _add_everyday(self, first: Words, last: Words, core: Words, label: str) -> None:
        """Diminutives, initials for a given name, half a double name, parts written together."""
        calls = set(_calls(first))
        surnames = {last, core, ("".join(last),)} | {(w,) for w in core if len(w) > 2} - {()}
        for surname in surnames - {()}:
            for given in calls | ({first, first[:1]} - {()}):
                self._add(given + surname, label, is_exact=True)
                self._add(surname + given, label, is_exact=True)
                self._add(("".join(given + surname),), label, is_exact=True)
            if first:
                letter, joined = first[0][0], "".join(surname)
                self._add((f"?{letter}", *surname), label, is_exact=True)
                if len(joined) >= _SHORTEST_JOINED:
                    self._add((letter + joined,), label, is_exact=True)
                    self._add((joined + letter,), label, is_exact=True)
            is_half = len(surname) == 1 and surname[0] not in ORDINARY_WORDS
            if is_half and len(surname[0]) >= _SHORTEST_JOINED:
                self._add(surname, label, is_exact=True)
        for given in calls:
            if _is_everyday_word(given):
                self._ambiguous.add(given)
            self._add(given, label, is_exact=True)

    def add_name(self, name: str, label: str) -> None:
        """A name of which only the written form is known, such as a speaker's."""
        words = tokens(name)
        if len(words) > 1:
            self.add_person(words[:1], words[1:], label)
        elif words and len(words[0]) > 2:
            self._add(words, label)

    def add_phrase(self, phrase: str, label: str) -> None:
        """Words that are replaced as they stand, in any case, without typos."""
        if words := tokens(phrase):
            self._phrases.add(words)
            self._labels[words] = {label}
            self._misspelt.update(words)

    def finish(self) -> None:
        """Index everything; what several people are called stands for anybody."""
        for first, labels in self._first_names.items():
            for label in labels:
                self._add(first, label)
        self._ambiguous -= self._sure | self._phrases
        for sequence in self._labels:
            self._by_start[sequence[0]].append(sequence)
        for sequences in self._by_start.values():
            sequences.sort(key=lambda s: (-len(s), s))
        words = {w for s in self._labels for w in s if not w.startswith("?")}
        self._vocabulary = sorted(self._misspelt - _PARTICLES)
        self._meanings = {word: (word,) for word in words}
        self._learn_strangers(sorted(words))

    def learn(self, words: Iterable[str]) -> list[str]:
        """Decide for each word of a text column whether it can be part of a name.

        Returns:
            The words as written that can, to find the texts that need a closer look.
        """
        written = {word: fold(word) for word in words}
        self._learn_folded({w for w in written.values() if w not in self._meanings})
        return sorted(
            word
            for word, folded in written.items()
            if self._meanings.get(folded)
            and (folded not in _PARTICLES or (folded,) in self._labels)
            and len(folded) > 1
        )

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Spans of names with what replaces them, in order and not overlapping."""
        spans = [m.span() for m in _WORD.finditer(text)]
        written = [text[start:end] for start, end in spans]
        folded = [fold(word) for word in written]
        self._learn_folded({w for w in folded if w not in self._meanings})
        found: list[tuple[int, int, str]] = []
        position = 0
        while position < len(spans):
            sequence, count = self._at(text, spans, written, folded, position)
            if count:
                start, end = spans[position][0], spans[position + count - 1][1]
                found.append((start, end, self._label(sequence)))
            position += count or 1
        return found

    def _add(self, sequence: Words, label: str, is_exact: bool = False) -> None:
        """Look for a sequence; unless `is_exact`, with slips of the pen too."""
        if sequence not in self._phrases:
            self._labels[sequence].add(label)
            if not is_exact:
                self._sure.add(sequence)
                self._misspelt.update(w for w in sequence if not w.startswith("?"))

    def _label(self, sequence: Words) -> str:
        labels = self._labels.get(sequence, set())
        return next(iter(labels)) if len(labels) == 1 else self._generic

    def _learn_folded(self, words: set[str]) -> None:
        """Typos: one slip in words of 5 letters and more, two in words of 9 and more."""
        unknown = sorted(words)
        for start in range(0, len(unknown), _BATCH):
            batch = unknown[start : start + _BATCH]
            near: dict[int, list[str]] = defaultdict(list)
            if self._vocabulary:
                distances = cdist(
                    batch, self._vocabulary, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8
                )
                for row, column in np.argwhere(distances <= 2):
                    word, name = batch[row], self._vocabulary[column]
                    if self._is_typo(word, name, int(distances[row, column])):
                        near[int(row)].append(name)
            for index, word in enumerate(batch):
                meanings = tuple(near.get(index, ()))
                if not meanings and self._vault.is_erased_word(word):
                    meanings = (f"!{word}",)
                self._meanings[word] = meanings
            self._learn_strangers(batch)

    def _learn_strangers(self, words: Iterable[str]) -> None:
        """Mark words of strangers' names, those that roster names share included."""
        for word in words if self._strangers else ():
            if self._vault.keyed_hash("word", word) in self._strangers:
                self._meanings[word] = (*self._meanings.get(word, ()), f"{_STRANGER}{word}")

    @staticmethod
    def _is_typo(word: str, name: str, distance: int) -> bool:
        if any(c.isdigit() for c in word) or word in ORDINARY_WORDS:
            return False
        shorter = min(len(word), len(name))
        return shorter >= 5 and distance <= (2 if shorter >= 9 else 1)

    def _at(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        written: Sequence[str],
        folded: Sequence[str],
        position: int,
    ) -> tuple[Words, int]:
        """The longest name that starts at a word, and its number of words; 0 if none does."""
        best: Words = ()
        for meaning in self._readings(folded[position]):
            if meaning.startswith("!") and written[position][0].isupper():
                return (meaning,), 1
            for sequence in self._by_start.get(meaning, ()):
                if len(sequence) <= len(best):
                    break
                if self._fits(sequence, text, spans, written, folded, position):
                    best = sequence
                    break
        count = self._stranger_at(text, spans, written, folded, position)
        # One word that somebody of the roster is called too is theirs.
        return ((_STRANGER,), count) if count > len(best) else (best, len(best))

    def _stranger_at(
        self,
        text: str,
        spans: Sequence[tuple[int, int]],
        written: Sequence[str],
        folded: Sequence[str],
        position: int,
    ) -> int:
        """How many words from here on name a stranger: two in any case, one with a capital."""
        end = position
        while (
            self._strangers
            and end < len(spans)
            and f"{_STRANGER}{folded[end]}" in self._meanings[folded[end]]
            and (end == position or _GAP.fullmatch(text, spans[end - 1][1], spans[end][0]))
        ):
            end += 1
        is_sure = any(word not in ORDINARY_WORDS for word in folded[position:end])
        if end - position > 1 and (is_sure or all(w[0].isupper() for w in written[position:end])):
            return end - position
        is_named = end > position and written[position][0].isupper()
        is_plain = folded[position] not in _NOT_ALONE
        return int(is_named and (is_plain or _is_proper(text, spans, position)))

    def _fits(
        self,
        sequence: Words,
        text: str,
        spans: Sequence[tuple[int, int]],
        written: Sequence[str],
        folded: Sequence[str],
        position: int,
    ) -> bool:
        if position + len(sequence) > len(spans):
            return False
        gap = _PHRASE_GAP if sequence in self._phrases else _GAP
        for offset, wanted in enumerate(sequence):
            index = position + offset
            if wanted not in self._readings(folded[index]):
                return False
            if offset and not gap.fullmatch(text, spans[index - 1][1], spans[index][0]):
                return False
        words, names = written[position : position + len(sequence)], list(sequence)
        is_exact = list(folded[position : position + len(sequence)]) == names
        if sequence in self._phrases:
            return is_exact
        letters = [w for w, name in zip(words, names, strict=True) if name.startswith("?")]
        if letters:
            # "p. mica" counts, "à mica" does not: a small initial needs its full stop.
            rest = [w for w, name in zip(words, names, strict=True) if not name.startswith("?")]
            after = text[spans[position][1] : spans[position][1] + 1]
            return all(w[0].isupper() for w in [*letters, *rest]) or after == "."
        if len(sequence) > 1:
            return True
        if sequence in self._ambiguous and not _is_proper(text, spans, position):
            return False
        return self._one_word(words[0], names[0], is_exact)

    @staticmethod
    def _one_word(word: str, name: str, is_exact: bool) -> bool:
        if word[0].isupper():
            return is_exact or (len(name) >= 6 and fold(word)[0] == name[0])
        return is_exact and len(name) >= 3 and name not in ORDINARY_WORDS

    def _readings(self, folded: str) -> tuple[str, ...]:
        """The words of names that a word may stand for; one letter may be an initial."""
        meanings = self._meanings.get(folded, ())
        return (*meanings, f"?{folded}") if len(folded) == 1 else meanings
