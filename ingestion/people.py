"""Find the roster's person behind an e-mail or a written name. Never creates anybody.

Belongs here: matching and why it failed. Does not belong here: pseudonyms (vault), redaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from ingestion.folding import folded_key
from ingestion.roster import Person, fold_email
from ingestion.vault import Vault, name_key

UNKNOWN, AMBIGUOUS, ERASED, MISSING = (
    "unknown_person", "ambiguous_person", "erased_person", "missing_person",
)  # fmt: skip
_NEAR_ENOUGH = 75


@dataclass(frozen=True)
class Found:
    """The person, or the reason why there is none with its mend (which may hold names)."""

    person: Person | None
    reason: str = ""
    mend: str = ""


class PeopleMatcher:
    """Matches by e-mail, then by name with accents, case and order forgiven."""

    def __init__(self, roster: Sequence[Person], vault: Vault) -> None:
        """Index the roster."""
        self._vault = vault
        self._by_email = {person.email: person for person in roster}
        self._by_name: dict[str, list[Person]] = defaultdict(list)
        for person in roster:
            for key in {name_key(spelling) for spelling in person.spellings}:
                self._by_name[key].append(person)
        # An e-mail is compared by what stands before the @: the domain is everybody's.
        self._known = {name: people[0] for name, people in self._by_name.items()}
        self._known |= {folded_key(person.login): person for person in roster}

    def find(self, email: str | None, name: str | None) -> Found:
        """The person of an e-mail and a name as written in a file; either may be missing."""
        # Some tools write the e-mail into the name column.
        address = email or (name if name and "@" in name else None)
        if address and (person := self._by_email.get(fold_email(address))):
            return Found(person)
        if self._vault.is_erased(address, name):
            return Found(None, ERASED, "this person was erased on request; nothing to do")
        key = name_key(name) if name else ""
        candidates = self._by_name.get(key, []) if key else []
        if len(candidates) == 1:
            return Found(candidates[0])
        if candidates:
            return Found(
                None, AMBIGUOUS,
                f"{len(candidates)} people of the roster bear this name; export with e-mails",
            )  # fmt: skip
        if not address and not key:
            return Found(None, MISSING, "no name and no e-mail in this row; fill one in")
        return Found(None, UNKNOWN, self._suggestion(fold_email(address) if address else key))

    def _suggestion(self, wanted: str) -> str:
        near = process.extractOne(
            folded_key(wanted.partition("@")[0]),
            list(self._known),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=_NEAR_ENOUGH,
        )
        if near is None:
            return f"{wanted!r} is not on the roster; add them to roster.csv"
        person = self._known[near[0]]
        return (
            f"{wanted!r} is not on the roster; did you mean {person.name} <{person.email}> "
            f"(roster.csv, row {person.line})?"
        )
