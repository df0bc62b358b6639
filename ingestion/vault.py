"""Pseudonyms: the only place that ties a random id to a person.

One file per engagement, mode 0600, outside the lake. An id is 128 random bits, so that nothing can
be computed back from it. An erased person leaves keyed hashes only (tombstones), so that an old
export does not bring them back. Does not belong here: finding people in files (people).
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ingestion import atomic
from ingestion.errors import InputError
from ingestion.folding import folded_key
from ingestion.roster import Person, fold_email

_MARKER = "vault_fingerprint"


@dataclass
class Vault:
    """The pseudonyms of one engagement, in memory.

    Attributes:
        key: 256 random bits, for the tombstones.
        people: folded e-mail to pseudonym.
        tombstones: keyed hashes of e-mail, name and surname words of erased people.
    """

    key: bytes
    people: dict[str, str] = field(default_factory=dict)
    tombstones: set[str] = field(default_factory=set)

    @property
    def fingerprint(self) -> str:
        """Tells two vaults apart without telling anything of their content."""
        return hashlib.sha256(b"jalon-vault:" + self.key).hexdigest()

    def keyed_hash(self, what: str, value: str) -> str:
        """HMAC of a folded value; `what` (email, name, word) keeps kinds apart."""
        return hmac.new(self.key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()

    def is_erased(self, email: str | None, name: str | None) -> bool:
        """Whether an e-mail or, without e-mail, a name is that of an erased person."""
        if not self.tombstones:
            return False
        if email:
            return self.keyed_hash("email", fold_email(email)) in self.tombstones
        return bool(name) and self.keyed_hash("name", name_key(name or "")) in self.tombstones

    def is_erased_word(self, word: str) -> bool:
        """Whether a folded word is part of an erased person's surname."""
        return bool(self.tombstones) and self.keyed_hash("word", word) in self.tombstones

    def admit(self, roster: Iterable[Person]) -> bool:
        """Give an id to everybody on the roster without one; True if there was anybody new.

        Raises:
            InputError: an erased person stands on the roster again.
        """
        is_changed = False
        for person in roster:
            if person.email in self.people:
                continue
            if self.is_erased(person.email, None):
                raise InputError(
                    f"roster.csv, row {person.line}: this person was erased on request; remove "
                    "the row"
                )
            self.people[person.email] = secrets.token_hex(16)
            is_changed = True
        return is_changed

    def erase(self, person: Person) -> str | None:
        """Forget a person, keep tombstones; returns the pseudonym that was theirs."""
        self.tombstones |= {
            self.keyed_hash("email", person.email),
            *(self.keyed_hash("name", name_key(name)) for name in person.spellings),
            *(self.keyed_hash("word", word) for word in person.surnames if len(word) > 2),
        }
        return self.people.pop(person.email, None)


def name_key(name: str) -> str:
    """A name with accents, case and order forgiven."""
    return " ".join(sorted(folded_key(name).split()))


def new_vault() -> Vault:
    """A vault that exists in memory only."""
    return Vault(secrets.token_bytes(32))


def vault_path(vault: Path, engagement: str) -> Path:
    """The file of one engagement's vault."""
    return vault / f"{engagement}.json"


def load_vault(vault: Path, lake: Path, engagement: str) -> Vault | None:
    """The engagement's vault, None where there never was one.

    Raises:
        InputError: the vault is lost, damaged, or not the one that the lake was written with.
    """
    path = vault_path(vault, engagement)
    marker = lake / engagement / _MARKER
    expected = marker.read_text().strip() if marker.is_file() else None
    if not path.is_file():
        snapshots = lake / engagement / "snapshots"
        if expected is not None or any(snapshots.glob("[!.]*")):
            raise InputError(
                f"{path} is lost, yet the lake holds its pseudonyms; restore it from the backup "
                f"(or, to start over with new pseudonyms, delete {lake / engagement})"
            )
        return None
    try:
        data = json.loads(path.read_text())
        loaded = Vault(bytes.fromhex(data["key"]), dict(data["people"]), set(data["tombstones"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{path} is damaged; restore it from the backup") from None
    if expected is not None and expected != loaded.fingerprint:
        raise InputError(
            f"{path} is not the vault that {lake / engagement} was written with; restore the "
            "right one from the backup"
        )
    return loaded


def save_vault(content: Vault, vault: Path, lake: Path, engagement: str) -> None:
    """Write the vault durably, then the lake's note that it exists."""
    vault.mkdir(parents=True, exist_ok=True, mode=0o700)
    data = {
        "version": 1,
        "key": content.key.hex(),
        "people": content.people,
        "tombstones": sorted(content.tombstones),
    }
    body = json.dumps(data, ensure_ascii=False, indent=1).encode()
    atomic.write_bytes(vault_path(vault, engagement), body, mode=0o600)
    mark_lake(content, lake, engagement)


def mark_lake(content: Vault, lake: Path, engagement: str) -> None:
    """Note in the lake which vault its pseudonyms are from."""
    marker = lake / engagement / _MARKER
    if not marker.is_file():
        atomic.write_bytes(marker, content.fingerprint.encode())
