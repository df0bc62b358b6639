"""The interviews of a raw snapshot, turn by turn, cut into sentences.

Belongs here: what every pattern needs to know of where it reads: phase, team, the question before.
Does not belong here: any pattern.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from llm_enrichment.facts import Evidence
from llm_enrichment.normalise import Folded
from llm_enrichment.order_patterns import holds_orders

_SENTENCE = re.compile(r"[^.!?;\n…]+(?:[.!?;…]+(?=\s|$)|[.](?=\S)[^.!?;\n…]+)*[.!?;…]*")
_SHORTEST = 8


@dataclass(frozen=True)
class Turn:
    """What one speaker said without interruption.

    `question` is the interviewer's turn before, `question_before` the one before that.
    """

    document_id: str
    turn_index: int
    text: str
    team_id: str | None
    question: str
    question_before: str = ""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a turn; patterns read `folded.text`."""

    turn: Turn
    start: int
    folded: Folded

    @property
    def text(self) -> str:
        """The sentence folded, as patterns read it."""
        return self.folded.text

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Return the place of the folded characters `start`..`end`, the whole by default."""
        first, last = self.folded.span(start, len(self.text) if end is None else end)
        return Evidence(
            self.turn.document_id,
            self.turn.turn_index,
            self.start + first,
            self.start + last,
            self.folded.original[first:last],
        )


@dataclass(frozen=True)
class Interview:
    """One transcript: what is known of it and the turns of those who were interviewed."""

    document_id: str
    phase: str | None
    team_id: str | None
    role: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Context:
    """The columns of `facts` that come from the interview and the speaker."""

    phase: str | None
    team_id: str | None
    role: str | None


@dataclass(frozen=True)
class Interviews:
    """All interviews of an engagement, with the teams and tools that may be spoken of."""

    documents: tuple[Interview, ...]
    teams: dict[str, str]
    tools: tuple[str, ...]
    contexts: dict[tuple[str, int], Context] = field(repr=False)

    def context(self, evidence: Evidence) -> Context:
        """Return phase, team and role of who said `evidence`."""
        return self.contexts[(evidence.document_id, evidence.turn_index)]


@lru_cache(maxsize=2**14)
def sentences(turn: Turn) -> tuple[Sentence, ...]:
    """Return a turn's sentences without the blanks around them, orders to a model left out."""
    return tuple(_sentences(turn))


def _sentences(turn: Turn) -> Iterator[Sentence]:
    for match in _SENTENCE.finditer(turn.text):
        text = match.group()
        stripped = text.strip()
        if len(stripped) < _SHORTEST or holds_orders(stripped):
            continue
        start = match.start() + text.index(stripped)
        yield Sentence(turn, start, Folded(stripped))
