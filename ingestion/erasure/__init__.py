"""Take one person out of an engagement folder, file by file.

Belongs here: which file is edited how, and the order: the roster last, so that an erasure cut short
can be done again. Does not belong here: the vault, lake and publications (orchestration.erase),
finding the person in a text (spotting), and the edits themselves (tables, transcripts, texts).
"""

import io
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ingestion import atomic
from ingestion.context import Context
from ingestion.erasure.edit import Edit
from ingestion.erasure.spotting import Spotter
from ingestion.erasure.tables import Owners, RowRule, edit_form_json, edit_tables, owners_of
from ingestion.erasure.texts import edit_text, edit_yaml
from ingestion.erasure.transcripts import edit_transcript
from ingestion.inbox import InboxFile
from ingestion.parsed import FileKind
from ingestion.pipeline import Inputs, load_inputs, make_context
from ingestion.readers import read_file, read_tables
from ingestion.readers.archive import inspect_archive
from ingestion.readers.delimited import read_delimited
from ingestion.readers.encoding import to_clean_utf8
from ingestion.readers.forms.typeform_json import is_json
from ingestion.readers.opening import container_of, read_bytes
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.sandbox import read_document_paragraphs, read_workbook
from ingestion.readers.separator import find_separator
from ingestion.readers.table import Table
from ingestion.roster import ROSTER_NAME, Person
from ingestion.source_rule import SourceRule
from ingestion.vault import new_vault

__all__ = ["FolderErasure", "Step", "carry_out", "plan_folder", "texts_of_file"]

_YAML = {".yaml", ".yml"}
_TABLES = {".csv", ".tsv", ".xlsx"}


@dataclass(frozen=True)
class Step:
    """What happens to one file.

    Attributes:
        path: the file as it is.
        label: how it is named where its real name must not be stored.
        sha256: of its content as it is.
        content: what it holds afterwards; None removes it.
        new_path: its name afterwards, another one where the name named the person.
        what: for people, without names.
    """

    path: Path
    label: str
    sha256: str
    content: bytes | None
    new_path: Path
    what: str

    @property
    def sha256_after(self) -> str | None:
        """Hash of the content afterwards, None where the file is removed."""
        return None if self.content is None else sha256(self.content).hexdigest()


@dataclass(frozen=True)
class FolderErasure:
    """All steps, the roster's last, and the files that could not be searched, by label."""

    steps: list[Step]
    not_searched: list[str]


def plan_folder(folder: Path, person: Person) -> FolderErasure:
    """What takes a person out of an engagement folder; nothing is changed.

    Raises:
        InputError: the folder's config, roster or decisions are wrong.
    """
    inputs = load_inputs(folder)
    # With an empty vault people are found as they were before anybody was erased.
    context = make_context(inputs, new_vault())
    planner = _Planner(folder, inputs, context, Spotter(person, context))
    inbox = {file.path: file for file in inputs.inbox.files}
    paths = sorted(p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir())
    roster = folder / ROSTER_NAME
    for path in [*(p for p in paths if p != roster), roster]:
        planner.look_at(path, inbox.get(path))
    return FolderErasure(planner.steps, planner.not_searched)


def carry_out(erasure: FolderErasure) -> None:
    """Do the steps; each file is the old or the new one at every moment."""
    for step in erasure.steps:
        if step.content is not None:
            mode = step.path.stat().st_mode & 0o777
            atomic.write_bytes(step.new_path, step.content, mode)
        if step.content is None or step.new_path != step.path:
            step.path.unlink()
            atomic.sync_folder(step.path.parent)
        if step.new_path.parent != step.path.parent and not any(step.path.parent.iterdir()):
            step.path.parent.rmdir()


def texts_of_file(path: Path) -> list[str]:
    """The text of a file of the folder, as far as it can be read, and its name."""
    try:
        if container_of(path) == "text":
            return [path.name, _text_of(path)]
        archive = inspect_archive(path)
        if archive.kind == "docx":
            return [path.name, *read_document_paragraphs(path, archive)]
        tables = read_workbook(path, archive)
    except RefusedFile:
        return [path.name]
    return [path.name, *(f"{table.sheet}\n{table.data.decode()}" for table in tables)]


class _Planner:
    """Collects the steps of one erasure."""

    def __init__(self, folder: Path, inputs: Inputs, context: Context, spotter: Spotter) -> None:
        self._folder, self._inputs, self._context = folder, inputs, context
        self._spotter = spotter
        self.steps: list[Step] = []
        self.not_searched: list[str] = []

    def look_at(self, path: Path, file: InboxFile | None) -> None:
        """Plan one file: its content by its kind, then its name."""
        relative = path.relative_to(self._folder).as_posix()
        new_path = self._folder / self._spotter.without_name(relative)
        label = relative if new_path == path else f"{sha256(relative.encode()).hexdigest()[:8]}"
        try:
            edit = self._edit(path, file)
        except (RefusedFile, HeldFile):
            # Broken for its reader: still searched as plain text, where it is any.
            try:
                edit = edit_text(_text_of(path), self._spotter)
            except RefusedFile:
                self.not_searched.append(label)
                return
        if edit is None and new_path == path:
            return
        content = path.read_bytes()
        edit = edit or Edit(content, "renamed")
        digest = sha256(content).hexdigest()
        self.steps.append(Step(path, label, digest, edit.content, new_path, edit.what))

    def _edit(self, path: Path, file: InboxFile | None) -> Edit | None:
        relative = path.relative_to(self._folder)
        if not path.is_symlink() and path.is_file() and not path.stat().st_size:
            return None
        if file is not None and file.kind is not None and not file.problem:
            return self._edit_inbox_file(file, file.kind)
        suffix = path.suffix.lower()
        if suffix in _YAML:
            return edit_yaml(_text_of(path), self._spotter)
        if suffix in _TABLES:
            container = container_of(path)
            # A table that people write may be empty, or of a single column.
            tables = read_tables(path, container) if container == "zip" else [_table_of(path)]
            rule = RowRule.REMOVE if relative.name == ROSTER_NAME else RowRule.ROLE_FOR_NAME
            return edit_tables(tables, self._spotter, rule, Owners(), container == "zip")
        return edit_text(_text_of(path), self._spotter)

    def _edit_inbox_file(self, file: InboxFile, kind: FileKind) -> Edit | None:
        container = container_of(file.path)
        if kind is FileKind.TRANSCRIPT:
            parsed = read_file(file.path, kind, SourceRule())
            if parsed.rows is None:
                raise RefusedFile(parsed.reason)
            return edit_transcript(parsed, self._inputs.about(file), self._context, self._spotter)
        rule = self._inputs.config.source_rule(kind, file.below_kind)
        parsed = read_file(file.path, kind, rule)
        owners = owners_of(parsed, self._context, self._spotter)
        if container == "text" and is_json(read_bytes(file.path, 4096)):
            return edit_form_json(_text_of(file.path), self._spotter, owners)
        tables = read_tables(file.path, container)
        edit = edit_tables(tables, self._spotter, RowRule.REMOVE, owners, container == "zip")
        if edit and owners.own and not owners.others and not parsed.quarantined:
            return Edit(None, "removed, as all of its rows were theirs")
        return edit


def _text_of(path: Path) -> str:
    container = container_of(path)
    if container != "text":
        raise RefusedFile("no text")
    return to_clean_utf8(path.read_bytes()).decode()


def _table_of(path: Path) -> Table:
    clean = to_clean_utf8(path.read_bytes())
    try:
        separator = find_separator(io.BytesIO(clean))
    except RefusedFile:
        separator = ","
    return read_delimited(clean, separator)
