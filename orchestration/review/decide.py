"""From a workbook that came back to the decision files: all of it, or nothing.

Belongs here: which rows were decided, what that changes, agreement with the proposals, writing.
Does not belong here: which values are allowed (ingestion.decisions checks the whole folder).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingestion.atomic import write_bytes
from ingestion.config import load_engagement
from ingestion.decisions import UNMAPPED, Table, check_decisions, read_decision_rows
from ingestion.errors import InputError
from ingestion.people_csv import Row, csv_of
from ingestion.roster import load_roster
from orchestration.review.agreement import cohen_kappa, krippendorff_alpha
from orchestration.review.sheets import ACCEPT, SHEETS, Cells, Key, Sheet, same_cell, same_cells
from orchestration.review.workbook import Exported, Review, read_review

PROPOSAL = "proposal"
_CLEARED = (
    "cleared, though nothing was decided there, so that the proposal stays; "
    f"a label that is no task's is {UNMAPPED}"
)


@dataclass(frozen=True)
class Change:
    """One decision that an import made, changed or withdrew.

    Attributes:
        file: decision file, without `.csv`.
        key: what names the row.
        by: role of who decided, where the sheet says it.
        before: changed cells as they were; empty for a new decision.
        after: changed cells as they are; empty for one withdrawn.
    """

    file: str
    key: Key
    by: str
    before: Cells
    after: Cells


@dataclass
class ImportReport:
    """What an import did.

    Attributes:
        changes: in the order of the workbook.
        adopted_count: proposed tasks that became decided ones.
        kappas: by sheet, Cohen's kappa between proposal and decision, and the rows compared.
        alpha: Krippendorff's ordinal alpha among proposal and raters, None where nothing compares.
        scores_count: scores compared.
        notes: what was taken as it stands, and may be meant otherwise.
    """

    changes: list[Change] = field(default_factory=list)
    adopted_count: int = 0
    kappas: dict[str, tuple[float | None, int]] = field(default_factory=dict)
    alpha: float | None = None
    scores_count: int = 0
    notes: list[str] = field(default_factory=list)


def import_review(engagement_folder: Path, workbook: Path, *, is_dry: bool = False) -> ImportReport:
    """Check a workbook and write its decisions, unless `is_dry`.

    Files are replaced one by one, those that others refer to first, and only after all of them
    were checked; who is cut off in between imports again and comes to the same end.

    Raises:
        InputError: naming sheet, row and mend; nothing is written then.
    """
    config = load_engagement(engagement_folder)
    review = read_review(workbook)
    if review.engagement != config.settings.engagement:
        raise InputError(
            f"{workbook.name} was exported for {review.engagement}, not for "
            f"{config.settings.engagement}; import it there"
        )
    current = {name: read_decision_rows(engagement_folder, name) for name in SHEETS}
    report = ImportReport()
    decided: dict[str, list[Row]] = {}
    for name, sheet in SHEETS.items():
        decided[name] = _merged(sheet, review, current[name], report)
    if report.changes and not current["tasks"]:
        _adopt_tasks(review, decided, report)
    tables = check_decisions(decided, config, load_roster(engagement_folder, config))
    _measure(review, tables, report)
    if not is_dry:
        _write(engagement_folder / "decisions", current, decided)
    return report


def _merged(
    sheet: Sheet, review: Review, current: Sequence[Row], report: ImportReport
) -> list[Row]:
    """The rows of one decision file after the import; rows that nobody touched stay."""
    merged = {sheet.key_of(row.cells): row for row in current}
    seen: dict[Key, int] = {}
    for row in review.rows[sheet.name]:
        cells = {column: row.cells.get(column, "") for column in sheet.columns}
        key = sheet.key_of(cells)
        left = review.exported[sheet.name].get(key)
        if _says_nothing(sheet, row, cells, left):
            continue
        if key in seen:
            raise row.error(
                f"{' · '.join(filter(None, key))} stands on row {seen[key]} already; keep one"
            )
        seen[key] = row.line
        before = merged.get(key)
        if before is not None and same_cells(sheet, cells, before.cells):
            continue
        _refuse_stale(sheet, row, left, before)
        if sheet.is_empty(cells):
            if before is None:
                report.notes.append(f"{_place(row, key)}: {_CLEARED}")
                continue
            del merged[key]
        else:
            merged[key] = Row(row.file, row.line, cells)
            report.notes += (f"{_place(row, key)}: {doubt}" for doubt in _doubts(left, cells))
        report.changes.append(_change(sheet, key, before.cells if before else {}, cells))
    return list(merged.values())


def _says_nothing(sheet: Sheet, row: Row, cells: Cells, left: Exported | None) -> bool:
    """Whether nobody decided in a row: it is as exported, or a key alone."""
    accepts, is_empty = row.flag(ACCEPT), sheet.is_empty(cells)
    if accepts and is_empty:
        raise row.error(f"{ACCEPT} is yes, but the yellow cells are blank; fill them in")
    if left is None:
        return is_empty  # a rater's name written down a whole column, without a score
    if accepts or not same_cells(sheet, cells, left.cells):
        return False
    if accepts is False:
        raise row.error(
            f"{ACCEPT} is no; say in the yellow cells what it is instead, or leave {ACCEPT} blank"
        )
    return True


def _place(row: Row, key: Key) -> str:
    return f"{row.file}, row {row.line}, {' · '.join(filter(None, key))}"


def _doubts(left: Exported | None, cells: Cells) -> Iterator[str]:
    """What about a decision may be an oversight."""
    if left is None and "label" in cells:
        yield "no file held this label when the workbook was exported"
    if left is None or cells.get("nature", "").casefold() in ("", "undetermined"):
        return
    (nature, share), (stood, stood_share) = (
        (c.get("nature", "").casefold(), c.get("rule_share", "")) for c in (cells, left.cells)
    )
    if not (share or stood_share):
        yield "without a rule_share none of its hours are eligible"
    elif nature != stood and (not share or same_cell(share, stood_share)):
        yield f"rule_share {stood_share} stood for {stood} and stays for {nature}"


def _refuse_stale(sheet: Sheet, row: Row, left: Exported | None, before: Row | None) -> None:
    """Refuse to undo what somebody decided after this workbook was exported."""
    exported = left.cells if left is not None and left.is_decided else None
    if before is None or (exported is not None and same_cells(sheet, exported, before.cells)):
        return
    stands = ", ".join(value for c, value in before.cells.items() if c not in sheet.key and value)
    raise row.error(
        f"{before.file} was changed after this workbook was exported (row {before.line}: "
        f"{stands}); export again, or make this row say the same"
    )


def _change(sheet: Sheet, key: Key, before: Mapping[str, str], after: Cells) -> Change:
    is_withdrawn = sheet.is_empty(after)
    changed = [
        column
        for column in sheet.columns
        if column not in sheet.key and not same_cell(before.get(column, ""), after.get(column, ""))
    ]
    who = (before if is_withdrawn else after).get(sheet.who, "") if sheet.who else ""
    return Change(
        sheet.name, key, who,
        {c: before[c] for c in changed if before.get(c)},
        {} if is_withdrawn else {c: after[c] for c in changed if after[c]},
    )  # fmt: skip


def _adopt_tasks(review: Review, decided: dict[str, list[Row]], report: ImportReport) -> None:
    """Make the proposed tasks the decided ones: a first decision would else drop the others."""
    sheet = SHEETS["tasks"]
    known = {sheet.key_of(row.cells) for row in decided["tasks"]}
    for row in review.rows["tasks"]:
        cells = {column: row.cells.get(column, "") for column in sheet.columns}
        if sheet.key_of(cells) not in known and not sheet.is_empty(cells):
            decided["tasks"].append(Row(row.file, row.line, cells))
            report.adopted_count += 1


def _measure(review: Review, tables: Mapping[str, Table], report: ImportReport) -> None:
    """Agreement of what is decided now with what was proposed beside it."""
    for name, column, no_label in (("tags", "nature", "undetermined"), ("task_map", "task_id", "")):
        sheet = SHEETS[name]
        answers = {sheet.key_of(row): row[column] for row in tables[f"decision_{name}"]}
        pairs = {
            key: (proposed, answers[key])
            for row in review.rows[name]
            if (key := sheet.key_of(row.cells)) in answers
            and row.cells.get("proposed_by") != "decision"
            and (proposed := row.cells.get(f"proposed_{column}", "")) not in ("", no_label)
        }
        report.kappas[name] = (cohen_kappa(list(pairs.values())), len(pairs))
    scores: dict[Key, dict[str, float]] = {}
    sheet = SHEETS["scores"]
    for row in tables["decision_scores"]:
        scores.setdefault(sheet.subject_of(row), {})[row["rater"].casefold()] = row["score"]
    for written in review.rows["scores"]:
        subject = scores.get(sheet.subject_of(written.cells))
        proposed = written.cells.get("proposed_score", "")
        if subject is not None and proposed:
            subject[PROPOSAL] = float(proposed)
    report.alpha = krippendorff_alpha(scores.values())
    report.scores_count = sum(len(unit) for unit in scores.values() if len(unit) > 1)


def _write(
    folder: Path, current: Mapping[str, Sequence[Row]], decided: Mapping[str, Sequence[Row]]
) -> None:
    # Others refer to tasks: with tasks.csv first, every state in between is a valid folder.
    contents = {
        name: csv_of(SHEETS[name].columns, [row.cells for row in decided[name]])
        for name in ("tasks", *(other for other in SHEETS if other != "tasks"))
        if [row.cells for row in decided[name]] != [row.cells for row in current[name]]
    }
    for name, content in contents.items():
        write_bytes(folder / f"{name}.csv", content)
