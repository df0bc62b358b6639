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

from ingestion.diminutives import AMBIGUOUS
from ingestion.folding import fold, tokens
from ingestion.name_forms import PARTICLES, NameForm, Words, name_forms
from ingestion.namesakes import is_namesake
from ingestion.ordinary_words import ORDINARY_WORDS
from ingestion.vault import Vault

INVISIBLE_PATTERN = "[\u00ad\u200b-\u200f\u2060\ufeff]"
_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.,'’_-]{1,3}")
_PHRASE_GAP = re.compile(r"[\W_]{1,5}")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-‐]\s+([^\W\d_]{2,})")
_BATCH = 20_000
_SENTENCE_END = re.compile(r"[^\w\s,'’(/&+-]")
# What marks a word of a stranger's name, and words that are none alone.
_STRANGER = "~"
_NOT_ALONE = ORDINARY_WORDS | AMBIGUOUS
# A text without known words may still hold a name parted by a line's end, or "J.-B.".
HYPHENS_PATTERN = r"\p{L}[-‐]\s+\p{L}|\b\p{L}\.-\p{L}\b|\b\p{Lu}-\p{Lu}\b"
Span = tuple[int, int, str]


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
        self._phrases: set[Words] = set()
        self._by_start: dict[str, list[Words]] = defaultdict(list)
        self._vocabulary: list[str] = []
        self._words: set[str] = set()
        self._misspelt: set[str] = set()
        self._ambiguous: set[Words] = set()
        self._sure: set[Words] = set()
        self._meanings: dict[str, tuple[str, ...]] = {}

    def add_person(
        self,
        first: Words,
        last: Words,
        label: str,
        login: str | None = None,
        nicknames: Iterable[str] = (),
    ) -> None:
        """All ways to write one person; words are folded."""
        for form in name_forms(first, last, login, nicknames):
            self._add(form, label)

    def add_name(self, name: str, label: str) -> None:
        """A name of which only the written form is known, such as a speaker's."""
        words = tokens(name)
        if len(words) > 1:
            self.add_person(words[:1], words[1:], label)
        elif words and len(words[0]) > 2:
            self._add(NameForm(words, is_exact=False), label)

    def add_phrase(self, phrase: str, label: str) -> None:
        """Words that are replaced as they stand, in any case, without typos."""
        if words := tokens(phrase):
            self._phrases.add(words)
            self._labels[words] = {label}
            self._misspelt.update(words)

    def finish(self) -> None:
        """Index everything; what several people are called stands for anybody."""
        self._ambiguous -= self._sure | self._phrases
        for sequence in self._labels:
            self._by_start[sequence[0]].append(sequence)
        for sequences in self._by_start.values():
            sequences.sort(key=lambda s: (-len(s), s))
        self._words = {w for s in self._labels for w in s if not w.startswith("?")}
        self._vocabulary = sorted(self._misspelt - PARTICLES)
        # A word of a name that is written in full is no slip of another name.
        self._meanings = {word: (word,) for word in self._misspelt}
        self._learn_strangers(sorted(self._misspelt))
        self._learn_folded(self._words - self._misspelt)

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
            and (folded not in PARTICLES or (folded,) in self._labels)
            and len(folded) > 1
        )

    def find(self, text: str) -> list[Span]:
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
        return sorted([*found, *self._broken(text, found)])

    def _broken(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Names that the end of a line or of a cue parts: "Feld-" and "spath"."""
        for match in _BROKEN.finditer(text):
            word = fold(match[1] + match[2])
            self._learn_folded({word} - self._meanings.keys())
            is_stranger = f"{_STRANGER}{word}" in self._meanings[word]
            if word in ORDINARY_WORDS or not (is_stranger or (word,) in self._labels):
                continue
            start, end = match.span()
            if all(end <= first or start >= last for first, last, _ in found):
                yield start, end, self._label((_STRANGER,) if is_stranger else (word,))

    def _add(self, form: NameForm, label: str) -> None:
        if form.words in self._phrases:
            return
        self._labels[form.words].add(label)
        (self._ambiguous if form.needs_capital else self._sure).add(form.words)
        if not form.is_exact:
            self._misspelt.update(w for w in form.words if not w.startswith("?"))

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
                known = (word,) if word in self._words else ()
                meanings = (*known, *near.get(index, ()))
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
            if not rest and "-" not in text[spans[position][1] : spans[position + 1][0]]:
                return False
            after = text[spans[position][1] : spans[position][1] + 1]
            return all(w[0].isupper() for w in [*letters, *rest]) or after == "."
        if len(sequence) > 1:
            return True
        if sequence in self._ambiguous and not _is_proper(text, spans, position):
            return False
        if is_namesake(text, spans, folded, position, self._labels):
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
