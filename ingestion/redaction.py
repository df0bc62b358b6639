"""Take names and identifiers out of free text, before anything stores or sends it.

Names become role and team; e-mails, profiles, phone, IBAN, card and social-security numbers their
kind; words of `privacy.mask` become "[client]". Belongs here: what replaces what, and doing so
quickly for millions of rows. Does not belong here: how a name is found (name_patterns,
identifiers).
"""

from collections.abc import Mapping, Sequence

import polars as pl

from ingestion.config import EngagementConfig
from ingestion.folding import clean
from ingestion.identifiers import SUSPICION, identifiers
from ingestion.name_patterns import HYPHENS_PATTERN, INVISIBLE_PATTERN, NameFinder
from ingestion.namesakes import TOOLS
from ingestion.roster import Person
from ingestion.vault import Vault

_KIND_WORDS = {
    "fr": {
        "person": "[personne]", "client": "[client]", "email": "[e-mail]",
        "phone": "[téléphone]", "iban": "[IBAN]", "nir": "[numéro de sécurité sociale]",
        "card": "[carte bancaire]", "profile": "[profil]",
    },
    "en": {
        "person": "[person]", "client": "[client]", "email": "[e-mail]", "phone": "[phone]",
        "iban": "[IBAN]", "nir": "[social security number]", "card": "[card number]",
        "profile": "[profile]",
    },
}  # fmt: skip
# Words of digits only are no names, and a million of them would cost seconds.
_WORDS_WITH_LETTERS = r"\p{N}*[\p{L}\p{M}][\p{L}\p{M}\p{N}]*"
PERSON_WORDS = {language: words["person"] for language, words in _KIND_WORDS.items()}
_REGIONS = {"fr": "FR", "en": "GB"}


def role_label(role: str | None, team_name: str | None) -> str:
    """`[role, team]`, as it stands for a name in redacted text."""
    return f"[{', '.join(part for part in (role, team_name) if part)}]"


class Redactor:
    """Redacts texts of one engagement."""

    def __init__(
        self,
        config: EngagementConfig,
        roster: Sequence[Person],
        vault: Vault,
        others: Mapping[str, str] | None = None,
        strangers: frozenset[str] = frozenset(),
    ) -> None:
        """Prepare the patterns.

        Args:
            config: language, team names and words to mask.
            roster: people whose names go.
            vault: tells the surnames of erased people.
            others: further names (speakers) and what stands for each, brackets included.
            strangers: the vault's hashes of words of further people's names.
        """
        settings = config.settings
        self._arguments = (config, roster, vault)
        self._others, self._strangers = dict(others or {}), strangers
        self._words = _KIND_WORDS[settings.language]
        self._region = _REGIONS[settings.language]
        self._finder = NameFinder(self._words["person"], vault, strangers)
        for person in roster:
            label = role_label(person.role, settings.teams[person.team].name)
            self._finder.add_person(
                person.first_names, person.surnames, label, person.login, person.nicknames
            )
        for name, label in self._others.items():
            self._finder.add_name(name, label)
        for word in settings.privacy.mask:
            self._finder.add_phrase(word, self._words["client"])
        self._finder.finish()

    def with_names(self, names: Mapping[str, str]) -> "Redactor":
        """A redactor that knows these names too, each with what stands for it."""
        if not names.keys() - self._others.keys():
            return self
        return Redactor(*self._arguments, {**names, **self._others}, self._strangers)

    def with_strangers(self, strangers: frozenset[str]) -> "Redactor":
        """A redactor that knows the words of these names too, by the vault's hashes."""
        if strangers <= self._strangers:
            return self
        return Redactor(*self._arguments, self._others, self._strangers | strangers)

    def redact(self, text: str | None) -> str | None:
        """One text, redacted; None stays None."""
        if text is None:
            return None
        plain = clean(text)
        spans = [
            (start, end, self._words[kind]) for start, end, kind in identifiers(plain, self._region)
        ]
        names = [
            (start, end, label)
            for start, end, label in self._finder.find(plain)
            if all(end <= s or start >= e for s, e, _ in spans)
        ]
        parts, position = [], 0
        for start, end, label in sorted([*spans, *names]):
            parts += [plain[position:start], label]
            position = end
        return "".join([*parts, plain[position:]])

    def redact_series(self, series: pl.Series) -> pl.Series:
        """A column of texts, redacted. Each distinct text is looked at once."""
        return self.redact_columns(series.to_frame("text"), ["text"])["text"].alias(series.name)

    def redact_tools(self, frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
        """The same for columns of answers about tools: "Claude" alone is no colleague there."""
        redacted = self.redact_columns(frame, columns)
        kept = {c: frame[c].str.strip_chars().str.to_lowercase().is_in(TOOLS) for c in columns}
        return redacted.with_columns(
            pl.when(kept[c]).then(frame[c]).otherwise(redacted[c]).alias(c) for c in columns
        )

    def redact_columns(self, frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
        """The frame with these text columns redacted; columns of one table share many words."""
        held = [column for column in columns if frame[column].null_count() < frame.height]
        if not held:
            return frame
        replaced = self._replacements(pl.concat([frame[column].alias("text") for column in held]))
        if not replaced:
            return frame
        return frame.with_columns(pl.col(held).replace(list(replaced), list(replaced.values())))

    def _replacements(self, texts: pl.Series) -> dict[str, str | None]:
        """Those of the texts that change, with what they become."""
        written = texts.drop_nulls().unique().to_frame("written")
        plain = pl.col("written").str.normalize("NFC").str.replace_all(INVISIBLE_PATTERN, "")
        looked = written.with_columns(plain=plain)
        words = looked.select(pl.col("plain").str.extract_all(_WORDS_WITH_LETTERS).explode())
        hits = self._finder.learn(words["plain"].drop_nulls().unique().to_list())
        wanted = pl.col("plain").str.contains(f"{SUSPICION}|{HYPHENS_PATTERN}")
        wanted |= pl.col("plain") != pl.col("written")
        if hits:
            wanted |= pl.col("plain").str.contains_any(hits)
        found = looked.filter(wanted)["written"].to_list()
        return {text: new for text in found if (new := self.redact(text)) != text}
