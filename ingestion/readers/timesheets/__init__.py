"""Timesheets of all tools: tables in, time entries out.

Belongs here: choosing the profile and accounting for every row. Does not belong here: headers of a
tool (its module) and typed reading (typed).
"""

from collections.abc import Mapping, Sequence

import polars as pl

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from ingestion.readers.columns import is_uncached, may_hold_fault
from ingestion.readers.headers import normal_header, normal_headers, total_kind
from ingestion.readers.layout import (
    Account,
    Header,
    count_above,
    count_other_sheet,
    find_header,
    probable_header,
    refuse_differing_copies,
    rows_of_right_width,
    second_header,
)
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.table import Table
from ingestion.readers.timesheets import (
    clickup,
    clockify,
    harvest,
    jira,
    kimai,
    noko,
    redmine,
    tempo,
    tick,
    timely,
    toggl,
    typed,
)
from ingestion.readers.timesheets.generic import hold_unknown, mapped_profile
from ingestion.readers.timesheets.pivoted import read_pivoted
from ingestion.readers.timesheets.pivoted_header import PIVOTED
from ingestion.readers.timesheets.profile import (
    DECISIVE_FIELDS,
    OPTIONAL_FIELDS,
    TimesheetProfile,
    best_profile,
)
from ingestion.readers.timesheets.repeats import without_repeats
from ingestion.source_rule import SourceRule

PROFILES: tuple[TimesheetProfile, ...] = tuple(
    module.PROFILE
    for module in (
        toggl, clockify, harvest, kimai, jira, tempo, redmine, timely, noko, tick, clickup,
    )
)  # fmt: skip


def read_timesheets(tables: Sequence[Table], rule: SourceRule) -> ParsedFile:
    """Read the tables of one timesheet file.

    Args:
        tables: its sheets, or its only table.
        rule: what the engagement declares about the file.

    Returns:
        The loadable file.

    Raises:
        HeldFile: where one line of config settles what the file cannot tell.
        RefusedFile: where the file cannot be read.
    """
    candidates = _candidates(rule)
    account = Account()
    frames: list[pl.DataFrame] = []
    headers: dict[int, Header[TimesheetProfile]] = {}
    profile: TimesheetProfile | None = None
    for number, table in enumerate(tables):
        header = find_header(table, lambda cells: best_profile(candidates, cells))
        if header is None:
            continue
        if profile is not None and header.match is not profile:
            raise RefusedFile(
                f"the sheets are exports of two tools ({profile.tool}, {header.match.tool}); "
                "put each in a file of its own"
            )
        profile = header.match
        headers[number] = header
        frames.append(_text_columns(table, header, account, number))
    if profile is None:
        pivoted = read_pivoted(tables, rule) if rule.tool in ("auto", PIVOTED) else None
        if pivoted is None:
            raise _unknown(tables, rule)
        return pivoted
    _declare_other_sheets(tables, candidates, account)
    frame = typed.without_nulls(pl.concat(frames, how="diagonal"), profile.nulls)
    _refuse_second_header(frame, tables, headers)
    entries = _entries(frame, tables, profile, rule, account)
    return ParsedFile(
        kind=FileKind.TIMESHEET,
        tool=profile.tool,
        status=FileStatus.LOADABLE,
        rows_in=sum(len(table) for table in tables),
        rows=entries,
        quarantined=account.quarantined,
        non_data=account.non_data,
    )


def _candidates(rule: SourceRule) -> Sequence[TimesheetProfile]:
    if rule.tool == PIVOTED:
        return ()
    if rule.columns:
        return (mapped_profile(rule.columns),)
    if rule.tool in ("auto", "generic"):
        return PROFILES if rule.tool == "auto" else ()
    named = [p for p in PROFILES if rule.tool in (p.tool, *p.also_named)]
    if not named:
        known = ", ".join([*(p.tool for p in PROFILES), PIVOTED])
        raise RefusedFile(f"the tool {rule.tool} is not known; write auto, generic or: {known}")
    return named


def _text_columns(
    table: Table, header: Header[TimesheetProfile], account: Account, number: int
) -> pl.DataFrame:
    """The rows below the header as text in our columns."""
    places = header.match.resolve(header.normal)
    required = [place for name, place in places.items() if name not in OPTIONAL_FIELDS]
    count_above(table, header.record, account)
    records = rows_of_right_width(
        table, header.record + 1, len(header.cells), required, account,
        read=places.values(), is_header=_is_header,
    )  # fmt: skip
    refuse_differing_copies(
        table, records, header, [place for name, place in places.items() if name in DECISIVE_FIELDS]
    )
    return table.columns(records, places).with_columns(
        pl.lit(number, pl.Int32).alias("table"), pl.lit(table.sheet, pl.String).alias("sheet")
    )


def _is_header(headers: list[str]) -> bool:
    return best_profile(PROFILES, headers) is not None


def _refuse_second_header(
    frame: pl.DataFrame, tables: Sequence[Table], headers: Mapping[int, Header[TimesheetProfile]]
) -> None:
    """Stop at a row of headers that orders the columns in another way.

    Raises:
        RefusedFile: naming its line.
    """
    # Dates begin with a digit or a weekday; the name of a column of dates is in its signature.
    names = {name for p in PROFILES for names in p.signatures for name in names}
    names |= {name for header in headers.values() for name in header.normal}
    texts = [text for text in typed.distinct(frame, "date") if normal_header(text) in names]
    for row in frame.filter(pl.col("date").is_in(texts)).iter_rows(named=True):
        table, header = tables[row["table"]], headers[row["table"]]
        normal = normal_headers(table.cells(row["record"]))
        if normal != header.normal and (_is_header(normal) or set(normal) == set(header.normal)):
            raise second_header(table, row["record"])


def _entries(
    frame: pl.DataFrame,
    tables: Sequence[Table],
    profile: TimesheetProfile,
    rule: SourceRule,
    account: Account,
) -> pl.DataFrame:
    frame = typed.add_names(typed.add_hours(typed.add_dates(frame, profile, rule), profile, rule))
    frame = typed.add_totals(frame)
    is_entry = typed.is_entry(frame, any(may_hold_fault(table.data) for table in tables))
    headers: list[tuple[int, int]] = []
    for row in frame.filter(~is_entry).iter_rows(named=True):
        table, record = tables[row["table"]], row["record"]
        if reason := _non_data_reason(table, record, row, profile):
            account.non_data[reason] += 1
            if reason == "header":
                headers.append((row["table"], record))
        else:
            account.quarantine(table, record, *typed.reason_of(row, rule, profile.tool))
    return typed.to_entries(without_repeats(frame.filter(is_entry), tables, headers, account))


def _non_data_reason(
    table: Table, record: int, row: dict[str, object], profile: TimesheetProfile
) -> str | None:
    """Why a row that is no entry holds no data either; None where it may."""
    cells = table.cells(record)
    if not any(cells):
        return "blank"
    if row["worked_on"] is None or row["person_name"] is None:
        if total := total_kind(cells):
            return total
    elif row["is_total"]:
        return "total"
    if _repeats_header(row, profile):
        return "header"
    if not row["date"]:
        if profile.undated:
            return profile.undated
        named = row["person_name"] or row["person_email"] or row["label"] or row["note"]
        if not named and (isinstance(row["hours"], float) or is_uncached(str(row["time_text"]))):
            return "total"
    return None


def _repeats_header(row: dict[str, object], profile: TimesheetProfile) -> bool:
    return normal_header(str(row["date"])) in profile.columns["date"]


def _declare_other_sheets(
    tables: Sequence[Table], candidates: Sequence[TimesheetProfile], account: Account
) -> None:
    for table in tables:
        if find_header(table, lambda cells: best_profile(candidates, cells)) is None:
            count_other_sheet(table, account)


def _unknown(tables: Sequence[Table], rule: SourceRule) -> Exception:
    headers = [h for table in tables if (h := probable_header(table))]
    if not headers:
        return RefusedFile("no row of headers was found; put the names of the columns in one row")
    best = max(headers, key=lambda header: len(set(header.normal)))
    if rule.columns and rule.tool != PIVOTED:
        wanted = mapped_profile(rule.columns)
        missing = [
            columns[0] for columns in wanted.columns.values() if columns[0] not in best.normal
        ]
        return hold_unknown(best.cells, rule, missing)
    if rule.tool not in ("auto", "generic"):
        return HeldFile(
            f"the file is declared as {rule.tool} and lacks its headers; write tool: auto, or "
            "export the detailed report of the tool"
        )
    return hold_unknown(best.cells, rule)
