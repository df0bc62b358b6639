"""Who is named as a person in the files and stands on no roster: their names go from texts too.

Kept as keyed hashes of single words, like the surnames of erased people, so that no cache holds a
name and the files need not be read again for it.
Belongs here: whose words these are. Does not belong here: finding them in text (name_patterns).
"""

from collections.abc import Iterator

from ingestion.config import EngagementConfig
from ingestion.config_sources import TranscriptAbout
from ingestion.context import Context
from ingestion.folding import folded_key, tokens
from ingestion.ordinary_words import NO_NAMES
from ingestion.parsed import FileKind, ParsedFile
from ingestion.people import UNKNOWN

_FEWEST, _MOST, _SHORTEST = 2, 4, 3


def stranger_hashes(parsed: ParsedFile, about: TranscriptAbout, context: Context) -> frozenset[str]:
    """Keyed hashes of the words of unknown people's names in one loadable file.

    `about` is what is declared of it where it is a transcript. One word alone is no sure name.
    """
    no_names = NO_NAMES | _words_of(context.config)
    words: set[str] = set()
    for name in _unknown(parsed, about, context):
        parts = [word for word in tokens(name.partition("@")[0]) if word not in no_names]
        if _FEWEST <= len(parts) <= _MOST and all(part.isalpha() for part in parts):
            words.update(part for part in parts if len(part) >= _SHORTEST)
    return frozenset(context.vault.keyed_hash("word", word) for word in words)


def _unknown(parsed: ParsedFile, about: TranscriptAbout, context: Context) -> Iterator[str]:
    """Names, or addresses, as they are written where people stand."""
    rows = parsed.rows
    if rows is None or parsed.kind == FileKind.DELIVERABLE:
        return
    if parsed.kind == FileKind.TRANSCRIPT:
        declared = {folded_key(name) for name in about.speakers}
        names = rows["speaker_name"].drop_nulls().unique().to_list()
        people = [(None, name) for name in names if folded_key(name) not in declared]
    else:
        people = list(rows.select("person_email", "person_name").unique().iter_rows())
    for email, name in people:
        if context.matcher.find(email, name).reason == UNKNOWN:
            yield name or email or ""


def _words_of(config: EngagementConfig) -> set[str]:
    """Words that the engagement uses for its teams and its work."""
    settings = config.settings
    names = [team.name for team in settings.teams.values()]
    names += [kind.name for kind in settings.project_types.values()]
    return {word for name in names for word in tokens(name)}
