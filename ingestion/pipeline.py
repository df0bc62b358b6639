"""From an engagement folder to settled files in memory: read, identify, redact, settle overlaps.

Shared by `ingest` and `check`, so that what check shows is what ingest does. Belongs here: the
order of the steps. Does not belong here: writing anything but the cache (snapshot).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ingestion.config import EngagementConfig, load_engagement
from ingestion.config_sources import TranscriptAbout
from ingestion.context import Context
from ingestion.decisions import Decisions, load_decisions
from ingestion.freeze import load_frozen
from ingestion.inbox import Inbox, InboxFile, read_inbox
from ingestion.overlaps import Dated, Loss, settle_deliverables, settle_forms, settle_timesheets
from ingestion.parsed import FileKind, FileStatus, ParsedFile
from ingestion.parsed_cache import ParsedCache, content_key, parser_version
from ingestion.people import PeopleMatcher
from ingestion.prepare_tables import prepare_table
from ingestion.prepare_transcripts import about_transcript, prepare_transcript
from ingestion.prepared import PreparedFile, from_parsed
from ingestion.redaction import Redactor
from ingestion.roster import Person, headcount_warnings, load_roster
from ingestion.source_rule import SourceRule
from ingestion.speakers import declared_speakers
from ingestion.strangers import stranger_hashes
from ingestion.vault import Vault

Reader = Callable[[Path, FileKind, SourceRule], ParsedFile]
Say = Callable[[str], None]
SAME_CONTENT = "same_content_as_another_file"


@dataclass(frozen=True)
class Inputs:
    """Everything in an engagement folder, checked, the inbox hashed and not yet read."""

    config: EngagementConfig
    roster: tuple[Person, ...]
    decisions: Decisions
    frozen: dict[str, list[dict[str, Any]]]
    inbox: Inbox
    warnings: list[str] = field(default_factory=list)

    def about(self, file: InboxFile) -> TranscriptAbout:
        """What config and sidecar declare about a transcript."""
        rule = self.config.transcript_source(file.below_kind)
        return about_transcript(file, self.inbox.sidecars.get(file.relative), rule)

    def declared(self, file: InboxFile) -> dict[str, Any]:
        """All that config says about how a file is read, as JSON data."""
        if file.kind is FileKind.TRANSCRIPT:
            return self.about(file).model_dump(mode="json")
        if file.kind is None:
            return {}
        rule = self.config.source_rule(file.kind, file.below_kind)
        return asdict(rule) | {"columns": dict(rule.columns or {})}

    def snapshot_id(self, vault: Vault) -> str:
        """Content hash of all inputs and the code; no pseudonym, time or place in it.

        The order of the files' names counts, as it may decide which of two exports is newer, and
        the number of erased people, as their rows are kept out.
        """
        files = [
            (file.kind, file.sha256, file.suffix, file.problem, self.declared(file))
            for file in self.inbox.files
        ]
        people = [asdict(person) for person in self.roster]
        return content_key(
            parser_version(), self.config.fingerprint_data(), people, self.decisions.tables,
            self.decisions.notes, self.frozen, files, len(vault.tombstones),
        )[:24]  # fmt: skip


def load_inputs(folder: Path) -> Inputs:
    """Load and check everything of an engagement folder.

    Raises:
        InputError: for the first thing that is wrong, with file, row and mend.
    """
    config = load_engagement(folder)
    roster = load_roster(folder, config)
    decisions = load_decisions(folder, config, roster)
    frozen, warnings = load_frozen(folder, decisions.tables["decision_approvals"])
    warnings = headcount_warnings(roster, config) + warnings
    return Inputs(config, roster, decisions, frozen, read_inbox(folder, config), warnings)


def make_context(inputs: Inputs, vault: Vault) -> Context:
    """What identification and redaction need.

    Raises:
        InputError: a declared speaker is nobody of the roster.
    """
    abouts = [*inputs.config.settings.sources.transcripts, *inputs.inbox.sidecars.values()]
    others = declared_speakers(abouts, inputs.config, inputs.roster)
    matcher = PeopleMatcher(inputs.roster, vault)
    redactor = Redactor(inputs.config, inputs.roster, vault, others)
    return Context(inputs.config, inputs.roster, vault, matcher, redactor)


@dataclass(frozen=True)
class Settled:
    """All files in natural order of their paths, with what is loaded of each, and warnings.

    `strangers` are keyed hashes of words of the names in them that are on no roster.
    """

    files: list[tuple[InboxFile, PreparedFile]]
    warnings: list[str]
    strangers: frozenset[str]

    @property
    def losses(self) -> list[str]:
        """Those warnings that tell of less than before."""
        return [warning for warning in self.warnings if isinstance(warning, Loss)]

    def first_of_each(self) -> list[tuple[InboxFile, PreparedFile]]:
        """Files by kind and hash, one entry per content."""
        seen: dict[tuple[str, str], tuple[InboxFile, PreparedFile]] = {}
        for file, content in self.files:
            seen.setdefault((content.kind, file.sha256), (file, content))
        return [seen[key] for key in sorted(seen)]


def settle(
    inputs: Inputs, context: Context, read: Reader, cache: ParsedCache | None, say: Say
) -> Settled:
    """Read every file of the inbox and settle what they say twice."""
    files: list[tuple[InboxFile, PreparedFile]] = []
    loaded: set[tuple[FileKind, str]] = set()
    shared = content_key(
        parser_version(), inputs.config.fingerprint_data(), [asdict(p) for p in inputs.roster],
        sorted(context.vault.tombstones),
        sorted(str(about) for about in inputs.inbox.sidecars.values()),
    )  # fmt: skip
    keys = {
        number: content_key(shared, file.kind, file.sha256, file.suffix, inputs.declared(file))
        for number, file in enumerate(inputs.inbox.files)
        if file.kind is not None and not file.problem
    }
    contents = _contents(inputs, keys, context, read, cache, say)
    for number, file in enumerate(inputs.inbox.files):
        if file.kind is None or number not in keys:
            files.append((file, _unread(file)))
            continue
        content = contents[keys[number]]
        if (file.kind, file.sha256) in loaded:
            content = _same_again(content)
        loaded.add((file.kind, file.sha256))
        files.append((file, content))
    if cache:
        cache.keep_only(set(contents))
    warnings = [warning for _, content in files for warning in content.warnings]
    warnings = [*inputs.warnings, *warnings, *_settle_overlaps(files)]
    strangers = _union(content.strangers for content in contents.values())
    return Settled(files, warnings, strangers)


def _unread(file: InboxFile) -> PreparedFile:
    status = FileStatus.HELD if file.is_held else FileStatus.REFUSED
    return PreparedFile(str(file.kind or ""), "", status, file.problem, 0)


def _contents(
    inputs: Inputs,
    keys: Mapping[int, str],
    context: Context,
    read: Reader,
    cache: ParsedCache | None,
    say: Say,
) -> dict[str, PreparedFile]:
    """What each key stands for: first who is named anywhere, then texts without these names."""

    def parse(number: int) -> ParsedFile:
        file = inputs.inbox.files[number]
        say(f"reading {file.kind} file {number + 1} of {len(inputs.inbox.files)}")
        return _parse(file, inputs, read)

    numbers: dict[str, int] = {}
    for number, key in keys.items():
        numbers.setdefault(key, number)
    found = {
        key: (cache.get(key) if cache else None) or parse(number) for key, number in numbers.items()
    }
    named = {
        key: content.strangers
        if isinstance(content, PreparedFile)
        else stranger_hashes(content, inputs.about(inputs.inbox.files[numbers[key]]), context)
        for key, content in found.items()
    }
    everybody = _union(named.values())
    masked, knowing = content_key(sorted(everybody)), context.with_strangers(everybody)
    contents: dict[str, PreparedFile] = {}
    for key, number in numbers.items():
        content = found.pop(key)
        if isinstance(content, PreparedFile) and content.masked != masked:
            content = parse(number)
        if isinstance(content, ParsedFile):
            content = _prepare(content, inputs.inbox.files[number], inputs, knowing)
            content.strangers, content.masked = named[key], masked
            if cache:
                cache.put(key, content)
        contents[key] = content
    return contents


def _union(named: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*named)


def _parse(file: InboxFile, inputs: Inputs, read: Reader) -> ParsedFile:
    assert file.kind is not None
    is_table = file.kind is not FileKind.TRANSCRIPT
    rule = inputs.config.source_rule(file.kind, file.below_kind) if is_table else SourceRule()
    return read(file.path, file.kind, rule)


def _prepare(parsed: ParsedFile, file: InboxFile, inputs: Inputs, context: Context) -> PreparedFile:
    if parsed.status is not FileStatus.LOADABLE:
        content = from_parsed(parsed)
        content.reason = context.redactor.redact(content.reason) or ""
        return content
    if parsed.kind is FileKind.TRANSCRIPT:
        return prepare_transcript(parsed, file, inputs.about(file), context)
    wave = inputs.config.source_rule(parsed.kind, file.below_kind).wave
    return prepare_table(parsed, file.sha256, wave, context)


def _same_again(content: PreparedFile) -> PreparedFile:
    """A file whose very content is loaded already: all of it counts as non-data."""
    repeated = PreparedFile(
        content.kind, content.tool, content.status, content.reason, content.rows_in
    )
    if content.rows_in:
        repeated.non_data = Counter({SAME_CONTENT: content.rows_in})
    return repeated


def _settle_overlaps(files: Sequence[tuple[InboxFile, PreparedFile]]) -> list[str]:
    def of(kind: FileKind) -> list[Dated]:
        chosen = [(f, c) for f, c in files if c.kind == kind and c.main is not None]
        return [Dated(file.label, content) for file, content in chosen]

    return [
        *settle_timesheets(of(FileKind.TIMESHEET)),
        *settle_deliverables(of(FileKind.DELIVERABLE)),
        *settle_forms(of(FileKind.FORM)),
    ]
