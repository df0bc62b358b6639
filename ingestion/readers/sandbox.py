"""Workbooks and documents, parsed in a process of their own with limits of memory and time.

Belongs here: the limits, and taking the answer. Does not belong here: starting processes
(sandbox_parent), the parsing itself (sandbox_child) and the look at the archive's directory
(archive).
"""

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import IO

import numpy as np

from ingestion.readers.archive import OfficeArchive
from ingestion.readers.delimited import read_delimited
from ingestion.readers.outcome import RefusedFile
from ingestion.readers.sandbox_parent import run_forked
from ingestion.readers.table import Table

_MEMORY = 450 << 20  # an interpreter with its libraries
_MEMORY_PER_BYTE = 14  # of unpacked XML: cells as objects, then as text
_SECONDS = 9
_BYTES_PER_SECOND = 4 << 20


def read_workbook(path: Path, archive: OfficeArchive) -> list[Table]:
    """The sheets of a workbook as tables of text.

    Dates are ISO, durations `h:mm:ss`, numbers with a decimal point; a cell without a usable
    value carries a mark (`columns.fault_of`).

    Raises:
        RefusedFile: for a workbook that is broken, hostile or beyond the limits.
    """
    tables = []
    with tempfile.TemporaryFile() as out:
        _run(path, archive, out)
        while line := out.readline():
            sheet = json.loads(line)
            table = read_delimited(out.read(sheet["bytes"]), ",")
            rows = np.arange(1, len(table) + 1, dtype=np.int64)
            name = str(sheet["sheet"])
            tables.append(replace(table, sheet=name, title=name, lines=rows))
    return [replace(tables[0], sheet=None)] if len(tables) == 1 else tables


def read_document_paragraphs(path: Path, archive: OfficeArchive) -> list[str]:
    """The text of each paragraph of a document.

    Raises:
        RefusedFile: for a document that is broken, hostile or beyond the limits.
    """
    with tempfile.TemporaryFile() as out:
        _run(path, archive, out)
        return [str(text) for text in json.loads(out.readline())["paragraphs"]]


def _run(path: Path, archive: OfficeArchive, out: IO[bytes]) -> None:
    memory = _MEMORY + _MEMORY_PER_BYTE * archive.unpacked
    seconds = _SECONDS + archive.unpacked // _BYTES_PER_SECOND
    try:
        said = run_forked(archive.kind, path, memory, seconds, out.fileno())
    except TimeoutError as error:
        raise RefusedFile(
            f"the file was not read within {seconds} s; make it smaller or save it as CSV"
        ) from error
    out.seek(0)
    if said == 3:
        raise RefusedFile(json.loads(out.readline())["problem"])
    if said != 0:
        raise RefusedFile(
            "the file is broken or asks for more memory than is allowed; open it in its program, "
            "save it again, or export it as CSV"
        )
