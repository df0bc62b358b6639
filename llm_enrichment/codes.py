"""What in a label is not about the work: project codes, versions, dates, clients' names.

Belongs here: telling such words from those of the work; in doubt a word counts as work, since the
work left over may look like another. Does not belong here: matching (matching.py).
"""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from llm_enrichment.normalise import STOP_WORDS, fold, tokens, word_set

_MONTHS = word_set(
    """janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv
    fev avr juil sept oct nov dec january february march april may june july august september
    october november december jan feb apr jun jul aug sep"""
)
# Code and number of a project or ticket (ORS-042, VAS_33), but not a year behind a word (RSE-2026).
_TICKET = re.compile(r"(?<![^\W_])[A-Z]{2,5}[-_](?!(?:19|20)\d\d(?!\d))\d{1,5}(?![^\W_])")
# Written like a ticket, yet saying whose work it is.
_DEPARTMENT = re.compile(r"(?:RH|HR|IT|SI|DSI|DG|DAF|RSE|CSR|ADM|FIN|INT)[-_]")
_CODE = re.compile(r"(?<![^\W_])[A-Z]{3,5}(?![^\W\d_])")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_NAME = 4


class Codes:
    """Takes out of labels what is not about the work, as one engagement writes it."""

    def __init__(self, clients: Iterable[str], work: AbstractSet[str]) -> None:
        """Know the names of clients, and the folded words of tasks, which always stay."""
        self._work = work
        self._names: dict[str, list[tuple[str, ...]]] = {}
        for name in {tuple(w for w in tokens(c) if w not in STOP_WORDS) for c in clients}:
            if name and len(name[-1]) >= _SHORTEST_NAME and self._work.isdisjoint(name):
                self._names.setdefault(name[0], []).append(name)
        self._starts = {first[:length] for first in self._names for length in (3, 4, 5)}

    def without(self, label: str) -> str:
        """The words of `label` that speak of the work; the label itself where all or none do."""
        bare = _TICKET.sub(lambda t: t[0] if _DEPARTMENT.match(t[0]) else " ", label)
        bare = _CODE.sub(lambda t: t[0] if self._is_work(t[0]) else " ", bare)
        written = _WORD.findall(bare)
        folded = [fold(word) for word in written]
        idle = self._clients_in(folded)
        kept = [
            word
            for place, word in enumerate(written)
            if place not in idle and not self._is_date_or_number(folded[place])
        ]
        return " ".join(kept) if kept and len(kept) < len(_WORD.findall(label)) else label

    def _clients_in(self, words: Sequence[str]) -> set[int]:
        """Where names of clients stand among `words`."""
        return {
            place + offset
            for place, word in enumerate(words)
            for name in self._names.get(word, ())
            if tuple(words[place : place + len(name)]) == name
            for offset in range(len(name))
        }

    def _is_date_or_number(self, word: str) -> bool:
        if word in self._work:
            return False
        return word in _MONTHS or any(character.isdigit() for character in word)

    def _is_work(self, code: str) -> bool:
        """Whether capitals are a word: a client's code is how its name begins."""
        folded = code.lower()
        return folded in self._work or folded not in self._starts
