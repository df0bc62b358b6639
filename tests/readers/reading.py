"""How the tests call the readers: content in, `ParsedFile` out, its account checked every time."""

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from ingestion.readers import read_file
from ingestion.source_rule import SourceRule

AUTO = SourceRule()


def read(
    folder: Path,
    content: str | bytes,
    kind: FileKind = FileKind.TIMESHEET,
    rule: SourceRule = AUTO,
    name: str = "export.bin",
) -> ParsedFile:
    """Write the content under a name that tells nothing, read it, check the account."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    parsed = checked(read_file(path, kind, rule))
    if isinstance(content, str) and kind is not FileKind.TRANSCRIPT:
        check_lines(parsed, content.removeprefix("\ufeff"))
    return parsed


def check_lines(parsed: ParsedFile, text: str, separators: str = ",;\t|") -> None:
    """Every record that the standard CSV reader finds in a table is explained, and once."""
    if parsed.status is not FileStatus.LOADABLE or text.lstrip()[:1] in "{[":
        return
    places = [*column(parsed, "row_number"), *(row.row_number for row in parsed.quarantined)]
    explained = len(set(places)) + parsed.non_data.total()
    if parsed.tool != "pivoted":  # there, each filled cell is a record
        assert len(set(places)) == len(places), "a row is loaded or quarantined twice"
        assert explained == parsed.rows_in
    # Line ends inside quotes count by the separator's quotes: the file has one separator.
    assert explained in {_records(text, separator) for separator in separators}


def _records(text: str, separator: str) -> int:
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def checked(parsed: ParsedFile) -> ParsedFile:
    """The accounting rule holds, and what is not loadable holds nothing and says why."""
    loaded = 0 if parsed.rows is None else parsed.rows.height
    assert parsed.rows_in == loaded + len(parsed.quarantined) + parsed.non_data.total()
    assert all(count > 0 for count in parsed.non_data.values())
    assert all(row.reason and row.mend for row in parsed.quarantined)
    assert "not known; open it" not in parsed.reason, "an exception escaped a reader"
    if parsed.status is FileStatus.LOADABLE:
        assert parsed.rows is not None and parsed.tool
    else:
        assert parsed.reason and loaded == 0
    return parsed


def column(parsed: ParsedFile, name: str) -> list[Any]:
    assert parsed.rows is not None, parsed.reason
    return parsed.rows.get_column(name).to_list()


def reasons(parsed: ParsedFile) -> dict[int, str]:
    return {row.row_number: row.reason for row in parsed.quarantined}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def read_form(folder: Path, content: str | bytes, rule: SourceRule = AUTO) -> ParsedFile:
    return read(folder, content, FileKind.FORM, rule)


def tasks(parsed: ParsedFile) -> list[tuple[Any, ...]]:
    assert parsed.form_tasks is not None
    return parsed.form_tasks.select(
        "row_number", "position", "label", "category", "weekly_hours"
    ).rows()


def extras(parsed: ParsedFile) -> dict[str, str]:
    assert parsed.form_extras is not None
    return dict(parsed.form_extras.select("question", "answer").iter_rows())
