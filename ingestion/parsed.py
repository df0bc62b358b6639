"""What a reader hands over for one file, before anybody in it is identified.

The contract between the readers (one module per kind, one small module per tool) and the snapshot
that identifies people, redacts text and accounts for every row. Columns are polars frames, so that
a million rows stay cheap. Does not belong here: roster, pseudonyms, storage.
"""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl


class FileKind(StrEnum):
    """The inbox folder that a file lies in."""

    FORM = "forms"
    TRANSCRIPT = "transcripts"
    TIMESHEET = "timesheets"
    DELIVERABLE = "deliverables"


class FileStatus(StrEnum):
    """What became of a whole file."""

    LOADABLE = "loadable"
    HELD = "held"  # one line of config settles it; nothing of it is loaded
    REFUSED = "refused"


# Every frame of rows starts with these: where the row stands in its file. `row_number` is the
# 1-based physical line (text) or row (sheet); `sheet` is null where the file has one table.
ORIGIN_COLUMNS = {"sheet": pl.String, "row_number": pl.Int32}

# Hours are decimal hours > 0. `tool_entry_id` is the tool's own id where it has one.
TIMESHEET_COLUMNS = ORIGIN_COLUMNS | {
    "tool_entry_id": pl.String,
    "person_email": pl.String,
    "person_name": pl.String,
    "worked_on": pl.Date,
    "hours": pl.Float64,
    "label": pl.String,
    "client_name": pl.String,
    "project": pl.String,
    "note": pl.String,
}
# One row per response; `submitted_at` in the source's local time, without zone, unless the tool
# writes UTC (`is_utc`).
FORM_COLUMNS = ORIGIN_COLUMNS | {
    "person_email": pl.String,
    "person_name": pl.String,
    "submitted_at": pl.Datetime("us"),
    "is_utc": pl.Boolean,
    "ai_familiarity": pl.Int32,
    "ai_frequency": pl.String,
    "ai_works": pl.String,
    "ai_missing": pl.String,
    "time_consuming": pl.String,
    "low_value": pl.String,
    "wish": pl.String,
    "is_champion_candidate": pl.Boolean,
}
# Children of a form row, joined by (sheet, row_number).
FORM_TASK_COLUMNS = ORIGIN_COLUMNS | {
    "position": pl.Int32,
    "label": pl.String,
    "category": pl.String,
    "weekly_hours": pl.Float64,
}
FORM_TOOL_COLUMNS = ORIGIN_COLUMNS | {
    "tool_name": pl.String,
    "satisfaction": pl.Int32,
    "is_imposed": pl.Boolean,
    "missing_integration": pl.String,
}
FORM_EXTRA_COLUMNS = ORIGIN_COLUMNS | {"question": pl.String, "answer": pl.String}
# `team` and `task` as written; the snapshot resolves the team.
DELIVERABLE_COLUMNS = ORIGIN_COLUMNS | {
    "delivered_on": pl.Date,
    "team": pl.String,
    "label": pl.String,
    "project_type": pl.String,
    "units": pl.Float64,
    "versions": pl.Float64,
}
# One row per turn, consecutive cues of one speaker joined; `speaker_name` as the tool wrote it.
TURN_COLUMNS = ORIGIN_COLUMNS | {
    "turn_index": pl.Int32,
    "speaker_name": pl.String,
    "started_s": pl.Float64,
    "ended_s": pl.Float64,
    "text": pl.String,
}


@dataclass(frozen=True)
class QuarantinedRow:
    """One row that is kept out, with the reason code and a message that names the mend."""

    sheet: str | None
    row_number: int
    reason: str
    mend: str


@dataclass
class ParsedFile:
    """One file, read. `rows_in == loaded rows + quarantined + sum(non_data)` always holds.

    Attributes:
        kind: the inbox folder.
        tool: the recognised tool, `generic`, or "" where none was recognised.
        status: loadable, held or refused.
        reason: for held and refused: what is wrong and the one thing that mends it.
        rows_in: logical records of the file (cues of a transcript), headers and blanks included.
        rows: the main frame (TIMESHEET_, FORM_, DELIVERABLE_ or TURN_COLUMNS).
        form_tasks, form_tools, form_extras: children of form rows.
        quarantined: rows kept out.
        non_data: rows declared non-data, by reason (`header`, `blank`, `total`, `subtotal`, ...).
        guess: for a generic file, the mapping guessed from the headers, to be confirmed.
    """

    kind: FileKind
    tool: str
    status: FileStatus
    reason: str = ""
    rows_in: int = 0
    rows: pl.DataFrame | None = None
    form_tasks: pl.DataFrame | None = None
    form_tools: pl.DataFrame | None = None
    form_extras: pl.DataFrame | None = None
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    non_data: Counter[str] = field(default_factory=Counter)
    guess: dict[str, str] | None = None
