"""One file after identification and redaction: frames without names, every row accounted for.

Belongs here: the frames between reader and snapshot, and moving rows out of them. Does not belong
here: why a row moves (prepare_*, overlaps).
"""

from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from ingestion.parsed import FileStatus, ParsedFile

QUARANTINE_SCHEMA = {
    "sheet": pl.String, "row_number": pl.Int32, "reason": pl.String, "mend": pl.String,
}  # fmt: skip
# The raw table that a file's own rows go to, by kind; the other frames are its children.
MAIN_TABLES = {
    "forms": "form_responses",
    "timesheets": "timesheet_entries",
    "deliverables": "deliverables",
    "transcripts": "turns",
}


@dataclass
class PreparedFile:
    """What one file adds to the raw tables.

    Attributes:
        tool, status, reason, rows_in, non_data, guess: as in `ParsedFile`.
        frames: raw table to its rows; `person_line` (line of the roster) stands for `person_id`.
        quarantined: rows kept out. `mend` may hold names and is never stored.
        first_reason: why the first row was kept out, or the file held.
        speakers: number of people who speak in a transcript.
        warnings: for people, without names.
        strangers: keyed hashes of words of names in it that are on no roster.
        masked: the strangers of all files that its texts were redacted for, as one hash.
    """

    kind: str
    tool: str
    status: FileStatus
    reason: str
    rows_in: int
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    quarantined: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(schema=QUARANTINE_SCHEMA)
    )
    non_data: Counter[str] = field(default_factory=Counter)
    guess: dict[str, str] | None = None
    speakers: int | None = None
    warnings: list[str] = field(default_factory=list)
    strangers: frozenset[str] = frozenset()
    masked: str = ""

    @property
    def main(self) -> pl.DataFrame | None:
        """The frame with one row per loaded row of the file."""
        return self.frames.get(MAIN_TABLES.get(self.kind, ""))

    @property
    def rows_loaded(self) -> int:
        """Rows of the file that are loaded."""
        return 0 if self.main is None else self.main.height

    @property
    def reasons(self) -> Counter[str]:
        """Rows kept out, by reason."""
        counts = self.quarantined["reason"].value_counts()
        return Counter(dict(sorted(counts.iter_rows())))

    def quarantine(self, is_out: pl.Series, reason: str, mend: str) -> None:
        """Keep rows of the main frame out.

        Args:
            is_out: a boolean per row of the main frame.
            reason: the reason code.
            mend: what mends it.
        """
        assert self.main is not None
        rows = self.main.filter(is_out).select(
            "sheet", "row_number", reason=pl.lit(reason), mend=pl.lit(mend)
        )
        typed = rows.select(pl.col(name).cast(kind) for name, kind in QUARANTINE_SCHEMA.items())
        self.quarantined = pl.concat([self.quarantined, typed])
        self._keep(~is_out)

    def declare_non_data(self, is_out: pl.Series, reason: str) -> None:
        """Count rows of the main frame as declared non-data and take them out."""
        if count := int(is_out.sum()):
            self.non_data[reason] += count
        self._keep(~is_out)

    def _keep(self, is_kept: pl.Series) -> None:
        assert self.main is not None
        table = MAIN_TABLES[self.kind]
        self.frames[table] = self.main.filter(is_kept)
        if "response_id" in self.frames[table].columns:
            kept = self.frames[table].select("response_id")
            for child in ("form_tasks", "form_tools", "form_extra_answers"):
                self.frames[child] = self.frames[child].join(
                    kept, on="response_id", how="semi", maintain_order="left"
                )


def from_parsed(parsed: ParsedFile) -> PreparedFile:
    """The accounting of a parsed file, without any frame yet."""
    rows = [(q.sheet, q.row_number, q.reason, q.mend) for q in parsed.quarantined]
    return PreparedFile(
        kind=str(parsed.kind),
        tool=parsed.tool,
        status=parsed.status,
        reason=parsed.reason,
        rows_in=parsed.rows_in,
        quarantined=pl.DataFrame(rows, schema=QUARANTINE_SCHEMA, orient="row"),
        non_data=Counter(parsed.non_data),
        guess=parsed.guess,
    )


def hold(prepared: PreparedFile, status: FileStatus, reason: str, code: str) -> PreparedFile:
    """The same file with nothing of it loaded: each row that was to be loaded is kept out."""
    if prepared.main is not None:
        everything = pl.repeat(True, prepared.main.height, dtype=pl.Boolean, eager=True)
        prepared.quarantine(everything, code, reason)
    prepared.frames, prepared.status, prepared.reason = {}, status, reason
    return prepared
