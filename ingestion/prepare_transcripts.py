"""Transcripts: phase, date, speakers as roles, redacted turns.

Belongs here: one transcript's raw rows. Does not belong here: who a speaker is (speakers).
"""

import re
from collections import Counter
from datetime import date

import polars as pl

from ingestion.config_sources import TranscriptAbout
from ingestion.context import Context
from ingestion.inbox import InboxFile
from ingestion.parsed import FileStatus, ParsedFile
from ingestion.prepared import PreparedFile, from_parsed, hold
from ingestion.redaction import Redactor
from ingestion.speakers import Speaker, resolve_speakers

_FRENCH_WORDS = "le la les des est et que qui dans pour pas une on nous vous je c'est"
_ENGLISH_WORDS = "the of and is that in to for not a we you i it's it are with"
_FRENCH, _ENGLISH = frozenset(_FRENCH_WORDS.split()), frozenset(_ENGLISH_WORDS.split())
_TRANSCRIPT_SCHEMA = {
    "document_id": pl.String, "phase": pl.String, "interviewed_on": pl.Date, "team_id": pl.String,
    "role": pl.String, "language": pl.String, "turns_count": pl.Int32, "speakers_count": pl.Int32,
    "has_quote_consent": pl.Boolean,
}  # fmt: skip


def about_transcript(
    file: InboxFile, sidecar: TranscriptAbout | None, context_rule: TranscriptAbout | None
) -> TranscriptAbout:
    """What is declared about a transcript: the config's last matching rule, then its sidecar.

    The sidecar stands beside the file, so what it says wins, key by key.
    """
    merged: dict[str, object] = {}
    for source in (context_rule, sidecar):
        if source is not None:
            given = source.model_dump(exclude_unset=True, exclude={"match", "file"})
            merged |= {key: value for key, value in given.items() if value is not None}
    return TranscriptAbout.model_validate(merged)


def prepare_transcript(
    parsed: ParsedFile, file: InboxFile, about: TranscriptAbout, context: Context
) -> PreparedFile:
    """One loadable transcript; held where its phase is not declared."""
    prepared = from_parsed(parsed)
    assert parsed.rows is not None
    rows = parsed.rows.sort("turn_index")
    pairs = list(rows.select("speaker_name", "text").iter_rows())
    speakers = resolve_speakers(
        pairs, about, context.config, context.roster, context.matcher
    )  # fmt: skip
    prepared.speakers = sum(name is not None for name in speakers) or len(speakers)
    prepared.frames["turns"] = _turns(rows, speakers, file, context)
    if about.phase is None:
        line = f'- {{file: "{{file}}", phase: immersion, date: {_suggested_date(file, about)}}}'
        reason = (
            "the phase of this interview is not declared; add to sources.transcripts in "
            f"engagement.yaml: {line} (phase: alignment, deep_dive or immersion)"
        )
        return hold(prepared, FileStatus.HELD, reason, "missing_phase")
    interviewed_on = about.date or _date_in_name(file)
    if interviewed_on is None:
        prepared.warnings.append(
            f"{file.label}: no date of the interview is declared, so it counts in every month; "
            "add `date: YYYY-MM-DD` to its rule in sources.transcripts"
        )
    if any(speaker.is_homonym for speaker in speakers.values()):
        prepared.warnings.append(
            f"{file.label}: a speaker's name is borne by several people of the roster; map it to "
            "an e-mail under speakers in sources.transcripts"
        )
    main = _interviewee(pairs, speakers)
    prepared.frames["transcripts"] = pl.DataFrame(
        [{
            "document_id": file.sha256[:16], "phase": str(about.phase),
            "interviewed_on": interviewed_on, "team_id": main.team, "role": main.label,
            "language": about.language or _language(pairs, context),
            "turns_count": rows.height, "speakers_count": prepared.speakers,
            "has_quote_consent": bool(about.quote_consent),
        }],
        schema=_TRANSCRIPT_SCHEMA,
    )  # fmt: skip
    return prepared


def _turns(
    rows: pl.DataFrame,
    speakers: dict[str | None, Speaker],
    file: InboxFile,
    context: Context,
) -> pl.DataFrame:
    names = {
        name: f"[{speaker.label}]"
        for name, speaker in speakers.items()
        if name and speaker.person_line is None
    }
    # Of speakers whom nobody declared, the names are known in this transcript only.
    redactor = context.redactor.with_names(names)
    told = [speakers[name] for name in rows["speaker_name"]]
    return pl.DataFrame(
        {
            "sheet": rows["sheet"],
            "row_number": rows["row_number"],
            "document_id": [file.sha256[:16]] * rows.height,
            "turn_index": pl.Series(range(1, rows.height + 1), dtype=pl.Int32),
            "person_line": pl.Series([s.person_line for s in told], dtype=pl.Int32),
            "speaker": redact_labels(told, context.redactor),
            "speaker_team_id": pl.Series([s.team for s in told], dtype=pl.String),
            "is_interviewer": [s.is_interviewer for s in told],
            "started_s": rows["started_s"],
            "text": redactor.redact_series(rows["text"]),
        }
    )


def redact_labels(told: list[Speaker], redactor: Redactor) -> pl.Series:
    """Roles as written in the config, should one hold a name."""
    return redactor.redact_series(pl.Series([s.label for s in told], dtype=pl.String))


def _interviewee(
    pairs: list[tuple[str | None, str]], speakers: dict[str | None, Speaker]
) -> Speaker:
    """Who says most of those who do not interview."""
    said: Counter[str | None] = Counter()
    for name, text in pairs:
        if not speakers[name].is_interviewer:
            said[name] += len(text)
    return speakers[max(said, key=lambda name: said[name])] if said else speakers[pairs[0][0]]


def _language(pairs: list[tuple[str | None, str]], context: Context) -> str:
    words = " ".join(text.casefold() for _, text in pairs).split()
    french = sum(word in _FRENCH for word in words)
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return context.config.settings.language
    return "fr" if french > english else "en"


def _date_in_name(file: InboxFile) -> date | None:
    """An ISO day in the file's name, as recorders write it."""
    match = re.search(r"(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)", file.path.name)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _suggested_date(file: InboxFile, about: TranscriptAbout) -> str:
    known = about.date or _date_in_name(file)
    return known.isoformat() if known else "YYYY-MM-DD"
