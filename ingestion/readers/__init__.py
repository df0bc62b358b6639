"""Readers of the inbox: one file in, one `ParsedFile` out, never an exception for a bad file.

Belongs here: the one entry and the way from a file to its reader. Does not belong here: formats
(one module per kind, one small module per tool), people, pseudonyms, storage.
"""

import csv
import io
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import polars as pl

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from ingestion.readers.archive import inspect_archive
from ingestion.readers.dates import month_named
from ingestion.readers.delimited import LONGEST_LINE, check_line_length, read_delimited
from ingestion.readers.deliverables import read_deliverables
from ingestion.readers.encoding import to_clean_utf8
from ingestion.readers.first_pass import check_in_pieces
from ingestion.readers.forms import read_forms
from ingestion.readers.forms.typeform_json import is_json, read_typeform_json
from ingestion.readers.opening import LARGEST_TEXT, container_of, read_bytes, read_document
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.sandbox import read_document_paragraphs, read_workbook
from ingestion.readers.separator import find_separator
from ingestion.readers.table import Table
from ingestion.readers.timesheets import read_timesheets
from ingestion.readers.transcripts import read_transcript
from ingestion.source_rule import SourceRule

_READERS: Mapping[FileKind, Callable[[Sequence[Table], SourceRule], ParsedFile]] = {
    FileKind.FORM: read_forms,
    FileKind.DELIVERABLE: read_deliverables,
    FileKind.TIMESHEET: read_timesheets,
}
_LOG = logging.getLogger(__name__)


def read_file(path: Path, kind: FileKind, rule: SourceRule) -> ParsedFile:
    """Read one inbox file.

    Args:
        path: the file.
        kind: the inbox folder it lies in.
        rule: what the engagement declares about it.

    Returns:
        The file, loadable with every row accounted for, or held or refused with a reason that
        names the mend. A reason may hold `{file}` where a line of config wants the file's name.
    """
    try:
        return _read(path, kind, rule)
    except HeldFile as held:
        return ParsedFile(kind, held.tool, FileStatus.HELD, str(held), guess=held.guess)
    except RefusedFile as refused:
        return ParsedFile(kind, "", FileStatus.REFUSED, str(refused))
    except (
        ArithmeticError, LookupError, MemoryError, OSError, RecursionError, TypeError, ValueError,
        pl.exceptions.PolarsError, csv.Error,
    ):  # fmt: skip
        # What a stranger's file can still provoke must stop that file, not the run.
        _LOG.exception("a %s file of %s could not be read", path.suffix, kind)
        reason = "the file is broken in a way that is not known; open it, check it, export it again"
        return ParsedFile(kind, "", FileStatus.REFUSED, reason)


def _read(path: Path, kind: FileKind, rule: SourceRule) -> ParsedFile:
    container = container_of(path)
    if kind is FileKind.TRANSCRIPT:
        return read_transcript(_document_text(path, container))
    if kind is FileKind.FORM and container == "text" and is_json(read_bytes(path, 4096)):
        return read_typeform_json(to_clean_utf8(read_document(path, True)), rule)
    tables = read_tables(path, container)
    if not any(len(table) for table in tables):
        raise RefusedFile("the file is empty; export it again")
    once = _without_copies(tables)
    parsed = _READERS[kind](once, rule)
    if copied := sum(map(len, tables)) - sum(map(len, once)):
        parsed.rows_in += copied
        parsed.non_data["repeated_sheet"] += copied
    return parsed


def _without_copies(tables: Sequence[Table]) -> list[Table]:
    """The sheets, less those that repeat an earlier one cell for cell.

    A sheet whose name tells the month may look like another month's and be none.
    """
    if len(tables) == 1:
        return list(tables)
    first = {(t.data, month_named(t.title)): t for t in reversed(tables)}
    return [t for t in tables if first[t.data, month_named(t.title)] is t]


def read_tables(path: Path, container: str) -> list[Table]:
    """The tables of a text file or workbook as they stand there, before anything is understood.

    Raises:
        RefusedFile: where the file holds none, or must not be opened.
    """
    if container == "zip":
        archive = inspect_archive(path)
        if archive.kind != "xlsx":
            raise RefusedFile("a text document holds no table; export a CSV or XLSX file")
        return read_workbook(path, archive)
    check_in_pieces(path)
    clean = to_clean_utf8(read_bytes(path, LARGEST_TEXT))
    if not clean or clean.isspace():
        raise RefusedFile("the file is empty; export it again")
    check_line_length(clean[: 4 * LONGEST_LINE])
    return [read_delimited(clean, find_separator(io.BytesIO(clean)))]


def _document_text(path: Path, container: str) -> str | list[str]:
    """The text of a transcript, or the paragraphs of a document."""
    if container == "zip":
        archive = inspect_archive(path)
        if archive.kind != "docx":
            raise RefusedFile("a workbook is no transcript; export VTT, DOCX or text")
        return read_document_paragraphs(path, archive)
    return to_clean_utf8(read_document(path, is_json(read_bytes(path, 4096)))).decode()
