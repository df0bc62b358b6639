"""Where one person stands in cells and texts: the same rules as identification and redaction.

Belongs here: saying what is theirs. Does not belong here: what is then done with it.
"""

import re
from collections.abc import Sequence
from functools import cache

import polars as pl

from ingestion.context import Context
from ingestion.name_patterns import HYPHENS_PATTERN, NameFinder
from ingestion.redaction import PERSON_WORDS
from ingestion.roster import Person
from ingestion.vault import new_vault

_WORDS = r"[\p{L}\p{M}\p{N}]+"
_LONGEST_NAME = 120
NEUTRAL = "erased"  # in names of files and in YAML, where brackets would mean something


class Spotter:
    """Finds one person of a roster; what several people may mean is not theirs."""

    def __init__(self, person: Person, context: Context) -> None:
        """Prepare the patterns.

        Args:
            person: who is looked for.
            context: the whole roster, as a first name that two people bear points to neither.
        """
        self.person = person
        self.word = PERSON_WORDS[context.config.settings.language]
        self.role = person.role or context.config.settings.teams[person.team].name
        self._mark = str(person.line)
        self._email = re.compile(re.escape(person.email), re.IGNORECASE)
        self._everybody = _finder(context.roster)
        self._alone = _finder([person])
        self.who = cache(self._who)
        self._find = context.matcher.find

    def _who(self, *cells: str) -> int | None:
        """The roster line of the person that a cell, or cells side by side, name exactly."""
        text = " ".join(cells)
        if not 3 <= len(text) <= _LONGEST_NAME:
            return None
        person = self._find(None, text).person
        return person.line if person else None

    def is_theirs(self, *cells: str) -> bool:
        """Whether a cell, or cells side by side, name the person exactly."""
        return self.who(*cells) == self.person.line

    def is_mentioned(self, text: str) -> bool:
        """Whether a text names the person anywhere."""
        return bool(self._spans(text))

    def masked(self, text: str, word: str | None = None) -> str:
        """The text with the person's names and address replaced."""
        parts, position = [], 0
        for start, end in self._spans(text):
            if start >= position:
                parts += [text[position:start], word or self.word]
                position = end
        return "".join([*parts, text[position:]])

    def without_name(self, text: str) -> str:
        """The same for a file's name or a line of YAML."""
        return self.masked(text, NEUTRAL)

    def candidates(self, texts: Sequence[str]) -> list[bool]:
        """Which texts deserve a closer look; quick for a million of them."""
        series = pl.Series(texts, dtype=pl.String)
        words = series.str.extract_all(_WORDS).explode().drop_nulls().unique()
        hits = self._alone.learn(words.to_list())
        found = series.str.contains_any([self.person.email], ascii_case_insensitive=True)
        found |= series.str.contains(HYPHENS_PATTERN)
        if hits:
            found |= series.str.contains_any(hits)
        return found.to_list()

    def _spans(self, text: str) -> list[tuple[int, int]]:
        named = [(s, e) for s, e, label in self._everybody.find(text) if label == self._mark]
        return sorted(named + [match.span() for match in self._email.finditer(text)])


def _finder(people: Sequence[Person]) -> NameFinder:
    finder = NameFinder("", new_vault())
    for person in people:
        finder.add_person(
            person.first_names, person.surnames, str(person.line), person.login, person.nicknames
        )
    finder.finish()
    return finder
