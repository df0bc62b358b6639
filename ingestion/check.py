"""`jalon check`: what a run would load, keep out or refuse. Writes nothing, not even a vault.

Belongs here: the report and its words. Does not belong here: deciding anything (pipeline).
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from ingestion.accounts import FileReport, report_of, source_file_row
from ingestion.gone import gone_files, source_files
from ingestion.pipeline import Reader, Settled, load_inputs, make_context, settle
from ingestion.readers import read_file
from ingestion.unused_labels import unused_labels
from ingestion.vault import load_vault, new_vault

_SHOWN_ROWS = 10


@dataclass(frozen=True)
class QuarantinedLine:
    """One row kept out. `mend` may hold names: for the consultant's screen only."""

    reason: str
    path: str
    sheet: str | None
    line: int | None
    mend: str


@dataclass(frozen=True)
class CheckReport:
    """What a run would do with an engagement folder as it is."""

    engagement: str
    files: list[FileReport]
    quarantined: list[QuarantinedLine]
    warnings: list[str]

    def __str__(self) -> str:
        """Files first, then rows kept out by reason, then warnings."""
        lines = [f"{self.engagement}: {len(self.files)} files in the inbox", ""]
        for file in self.files:
            lines.append(_file_line(file))
            if file.reason:
                lines.append(f"    {file.reason}")
            if file.guess:
                mapping = ", ".join(f"{key}: {column}" for key, column in file.guess.items())
                lines.append(f"    guessed columns: {{{mapping}}}")
        by_reason: dict[str, list[QuarantinedLine]] = defaultdict(list)
        for row in self.quarantined:
            by_reason[row.reason].append(row)
        for reason, rows in sorted(by_reason.items()):
            lines += ["", f"kept out, {reason}: {len(rows)}"]
            for row in rows[:_SHOWN_ROWS]:
                sheet = f", sheet {row.sheet}" if row.sheet else ""
                lines.append(f"  {row.path}{sheet}, row {row.line}: {row.mend}")
            if len(rows) > _SHOWN_ROWS:
                lines.append(f"  … and {len(rows) - _SHOWN_ROWS} more (all of them with --json)")
        if self.warnings:
            lines += ["", "warnings:", *(f"  {warning}" for warning in self.warnings)]
        return "\n".join(lines)


def _file_line(file: FileReport) -> str:
    counts = f"{file.rows_in} rows: {file.rows_loaded} loaded, {file.rows_quarantined} kept out, "
    counts += f"{file.rows_declared_non_data} no data"
    extras = []
    if file.hours is not None:
        extras.append(f"{file.hours:.1f} hours")
    if file.turns is not None:
        extras.append(f"{file.turns} turns, {file.speakers or 0} speakers")
    about = "; ".join([counts, *extras])
    return f"  {file.status:8} {file.path} ({file.tool or 'unknown tool'}) {about}"


def check(
    engagement_folder: Path,
    lake: Path,
    vault: Path,
    read: Reader = read_file,
    before: Path | None = None,
) -> CheckReport:
    """Say what `ingest` would do, reading everything afresh.

    Args:
        engagement_folder: what people write.
        lake: says whether there should be a vault.
        vault: folder of the pseudonyms.
        read: reads one file.
        before: raw tables of the last snapshot, for what is gone since.

    Raises:
        InputError: for whatever is wrong in config, roster, decisions or vault.
    """
    inputs = load_inputs(engagement_folder)
    pseudonyms = load_vault(vault, lake, inputs.config.engagement) or new_vault()
    pseudonyms.admit(inputs.roster)
    context = make_context(inputs, pseudonyms)
    settled = settle(inputs, context, read, None, lambda _: None)
    quarantined = [
        QuarantinedLine(reason, file.relative, sheet, line, mend.replace("{file}", file.below_kind))
        for file, content in settled.files
        for sheet, line, reason, mend in content.quarantined.iter_rows()
    ]
    reports = [report_of(file, content) for file, content in settled.files]
    warnings = [_with_paths(warning, settled) for warning in settled.warnings]
    task_map = inputs.decisions.tables["decision_task_map"]
    frames = (content.frames for _, content in settled.files)
    warnings += unused_labels(task_map, frames, context.redactor)
    if before:
        now = [source_file_row(*entry, context.redactor) for entry in settled.first_of_each()]
        warnings += gone_files(source_files(before), now)
    return CheckReport(inputs.config.engagement, reports, quarantined, warnings)


def _with_paths(warning: str, settled: Settled) -> str:
    """Files named as the consultant knows them; of the same content twice, the first is meant."""
    for file, _ in settled.files:
        warning = warning.replace(file.label, file.relative)
    return warning
