"""Columns of text to typed time entries, whatever the tool.

Belongs here: dates, hours, persons and labels of entries, and the reason of each row that is kept
out. Does not belong here: which header means what (profiles).
"""

from collections.abc import Callable, Iterable, Mapping
from statistics import median

import polars as pl

from ingestion.parsed import TIMESHEET_COLUMNS
from ingestion.readers.columns import fault_of, holds_fault, mapped
from ingestion.readers.dates import parse_moments
from ingestion.readers.durations import PER_HOUR, counts_days, parse_durations, unit_by_elapsed
from ingestion.readers.headers import is_bare_total, is_subtotal, total_kind
from ingestion.readers.outcome import HeldFile
from ingestion.readers.settling import (
    held_for_dates,
    held_for_numbers,
    held_for_unit,
    mend_of_days,
)
from ingestion.readers.timesheets.profile import FIELDS, TimesheetProfile
from ingestion.source_rule import SourceRule

LONGEST_ENTRY = 24.0
_ELAPSED_SAMPLE = 2000
_LOADED_TEXTS = (
    "tool_entry_id", "person_email", "person_name", "label", "client_name", "project_name", "note",
    "time_text",
)  # fmt: skip
# More hours than a day has: of a few rows a slip, of many the sign that the unit is another.
_DAY = 24
_MANY, _MANY_SHARE = 2, 0.4
# So many different numbers, half of them so large, are no hours of single entries.
_TELLING, _USUAL_ENTRY = 3, 12
_ROUNDING = 1e-6  # minutes
_MAY_BE_TOTAL = "(?i)tot|som|sum|gesamt"
_SAME_SUM = 0.02  # hours; two decimals, rounded row by row


def distinct(frame: pl.DataFrame, name: str) -> list[str]:
    """The distinct texts of a column, without the empty one."""
    return [text for text in frame.get_column(name).unique().to_list() if text]


def add_dates(frame: pl.DataFrame, profile: TimesheetProfile, rule: SourceRule) -> pl.DataFrame:
    """Add `worked_on`, the day on which the entry begins, null where it cannot be read.

    Raises:
        HeldFile: where nothing tells day-first from month-first.
        RefusedFile: where the column is written both ways.
    """
    dates = distinct(frame, "date")
    ends = distinct(frame, "end_date") if "end_date" in frame.columns else []
    moments = parse_moments({*dates, *ends}, rule.date_order, profile.usual_date_order)
    held_for_dates(moments, rule, "timesheets", profile.tool)
    days = {text: moments.by_text[text].date() for text in dates if text in moments.by_text}
    return frame.with_columns(mapped(frame, "date", days, pl.Date()).alias("worked_on"))


def add_hours(frame: pl.DataFrame, profile: TimesheetProfile, rule: SourceRule) -> pl.DataFrame:
    """Add `hours`, decimal, null where absent or unreadable, and `time_text`, what was read.

    Raises:
        HeldFile: where nothing tells decimals from thousands, the unit of bare numbers, or how
            long a working day is.
    """
    hours: list[pl.Expr] = []
    texts: list[pl.Expr] = []
    for name in profile.duration_fields:
        if name not in frame.columns:
            continue
        read = parse_durations(distinct(frame, name), rule.number_style, rule.hours_per_day)
        held_for_numbers(read.is_undecidable, read.example, rule, "timesheets", profile.tool)
        unit = "minutes" if name == "minutes" else "hours"
        if name == "duration" and read.bare:
            unit = rule.duration_unit or _unit_by_clock(frame, read.bare, profile, rule)
        values = read.by_text | hours_of_bare(read.bare, unit, rule, profile.tool)
        hours.append(pl.lit(mapped(frame, name, values, pl.Float64())))
        texts.append(pl.col(name).replace("", None))
    return frame.with_columns(
        pl.coalesce(hours).alias("hours"), pl.coalesce(texts).fill_null("").alias("time_text")
    )


def hours_of_bare(
    bare: Mapping[str, float], unit: str, rule: SourceRule, tool: str
) -> dict[str, float]:
    """Bare numbers as hours.

    Args:
        bare: number by text.
        unit: of `PER_HOUR`, `days`, or what a profile says of numbers without one.
        rule: tells how long a working day is.
        tool: for the line of config.

    Raises:
        HeldFile: where the unit is unknown and the numbers are too large for hours, or where a
            working day has no declared length.
    """
    if unit == "days" and bare:
        if rule.hours_per_day is None:
            raise HeldFile(mend_of_days(next(iter(bare)), rule, tool), tool=tool)
        return {text: number * rule.hours_per_day for text, number in bare.items()}
    if unit in ("whole", "unknown"):
        if unit == "unknown":
            _check_magnitude(bare, rule, tool)
        large = [text for text, number in bare.items() if abs(number) > _DAY]
        some = [text for text, number in bare.items() if number]
        is_whole = all(text.lstrip("-").isdigit() for text in bare)
        if unit == "whole" and is_whole and large:
            if len(large) < len(some):
                raise held_for_unit(large[0], rule, tool)
            unit = "seconds"
        elif len(large) >= _MANY and len(large) > _MANY_SHARE * len(some):
            raise held_for_unit(large[0], rule, tool)
        else:
            unit = "hours"
    return {text: number / PER_HOUR[unit] for text, number in bare.items()}


def _check_magnitude(bare: Mapping[str, float], rule: SourceRule, tool: str) -> None:
    """Stop at numbers that are hardly hours: usually too large, or Excel's shares of a day.

    Raises:
        HeldFile: naming one of them.
    """
    numbers = {text: abs(number) for text, number in bare.items() if number}
    if len(numbers) >= _TELLING and median(numbers.values()) > _USUAL_ENTRY:
        raise held_for_unit(max(numbers, key=lambda text: numbers[text]), rule, tool)
    if len(numbers) > 1 and max(numbers.values()) <= 1:
        # Whole minutes as shares of a day, and not all of them as hours.
        odd = [text for text, number in numbers.items() if not _is_whole(number * 60)]
        if odd and all(_is_whole(number * _DAY * 60) for number in numbers.values()):
            raise held_for_unit(odd[0], rule, tool)


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < _ROUNDING


def _unit_by_clock(
    frame: pl.DataFrame, bare: Mapping[str, float], profile: TimesheetProfile, rule: SourceRule
) -> str:
    """The unit that agrees with begin and end on the first rows that have both, else the tool's.

    Raises:
        HeldFile: where begin and end are there and no unit agrees with them.
    """
    if not {"start_time", "end_time"} <= set(frame.columns):
        return profile.bare_unit
    pairs = []
    for start, end, text in (
        frame.select("start_time", "end_time", "duration")
        .filter(pl.col("duration").is_in(list(bare)))
        .head(_ELAPSED_SAMPLE)
        .iter_rows()
    ):
        elapsed = _elapsed(start, end)
        if elapsed:
            pairs.append((bare[text], elapsed))
    if not pairs:
        return profile.bare_unit
    unit = unit_by_elapsed(pairs)
    if unit is None:
        raise held_for_unit(next(iter(bare)), rule, profile.tool)
    return unit


def _elapsed(start: str, end: str) -> float | None:
    """Hours between two times of day; an end before its begin is on the next day."""
    moments = parse_moments([f"2000-01-01 {start}", f"2000-01-01 {end}"]).by_text
    first, last = moments.get(f"2000-01-01 {start}"), moments.get(f"2000-01-01 {end}")
    if first is None or last is None:
        return None
    return ((last - first).total_seconds() / 3600) % 24


def add_names(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `person_email`, `person_name`, `label`, `note` and their like; null where empty."""
    there = set(frame.columns)

    def first_of(*names: str) -> pl.Expr:
        filled = [pl.col(n).replace("", None) for n in names if n in there]
        return pl.coalesce(filled) if filled else pl.lit(None, pl.String)

    person = first_of("person", "person_2")
    if {"first_name", "last_name"} & there:
        parts = [pl.col(n) for n in ("first_name", "last_name") if n in there]
        full = pl.concat_str(parts, separator=" ").str.strip_chars().replace("", None)
        person = pl.coalesce(person, full)
    return frame.with_columns(
        first_of("entry_id").alias("tool_entry_id"),
        first_of("email").alias("person_email"),
        person.alias("person_name"),
        first_of("task", "task_2", "description", "project").alias("label"),
        first_of("client").alias("client_name"),
        first_of("project").alias("project_name"),
        first_of("description").alias("note"),
    )


def add_totals(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `is_total`: rows with date and person that sum the others.

    A subtotal says so. `Total` may be a client, so that the hours must be the sum of the person's
    other rows, of the day or of all.
    """

    # Only few of a million tasks are worth a closer look.
    looked_at = {"person_name", "task", "description"} & set(frame.columns)
    texts = {name: frame.get_column(name).unique() for name in looked_at}
    suspects = {name: of.filter(of.str.contains(_MAY_BE_TOTAL)) for name, of in texts.items()}

    def says(name: str, is_so: Callable[[list[str]], object]) -> pl.Expr:
        found = [text for text in suspects.get(name, ()) if is_so([text])]
        return pl.col(name).is_in(found) if found else pl.lit(False)

    named = says("person_name", total_kind).fill_null(False)
    frame = frame.with_columns(
        is_total=named | says("task", is_subtotal) | says("description", is_subtotal),
        is_named_total=says("task", is_bare_total) | says("description", is_bare_total),
    )
    if not frame.get_column("is_named_total").any():
        return frame
    person = pl.coalesce("person_email", "person_name")
    others = pl.when(pl.col("is_total") | pl.col("is_named_total")).then(0).otherwise("hours")
    sums = [others.sum().over(person, "worked_on"), others.sum().over(person)]
    is_sum = pl.any_horizontal(
        (total > 0) & ((pl.col("hours") - total).abs() < _SAME_SUM) for total in sums
    )
    return frame.with_columns(
        is_total=pl.col("is_total") | (pl.col("is_named_total") & is_sum.fill_null(False))
    )


def without_nulls(frame: pl.DataFrame, nulls: Iterable[str]) -> pl.DataFrame:
    """Replace what the tool writes for nothing by nothing."""
    gone = dict.fromkeys(nulls, "")
    present = [name for name in FIELDS if name in frame.columns]
    # To look is cheap, to replace is not.
    concerned = [name for name in present if gone and frame[name].is_in(list(gone)).any()]
    return frame.with_columns(pl.col(name).replace(gone) for name in concerned)


def is_entry(frame: pl.DataFrame, may_hold_fault: bool) -> pl.Series:
    """Which rows are entries that can be loaded.

    Args:
        frame: with the columns added here.
        may_hold_fault: of the file as a whole; to look at each text takes long.
    """
    looked_at = _LOADED_TEXTS if may_hold_fault else ()
    broken = pl.any_horizontal(pl.lit(False), *(holds_fault(name) for name in looked_at))
    return frame.select(
        (
            pl.col("worked_on").is_not_null()
            & pl.col("hours").is_not_null()
            & (pl.col("hours") > 0)
            & (pl.col("hours") <= LONGEST_ENTRY)
            & (pl.col("person_name").is_not_null() | pl.col("person_email").is_not_null())
            & ~pl.col("is_total")
            & ~broken
        ).alias("ok")
    ).get_column("ok")


def reason_of(row: Mapping[str, object], rule: SourceRule, tool: str) -> tuple[str, str]:
    """Why a row is no entry that can be loaded: reason code and mend.

    Args:
        row: a row of the frame with the columns added here.
        rule, tool: for the line of config.
    """
    time_text, day = str(row["time_text"]), str(row["date"])
    if fault := fault_of(str(row[name]) for name in ("date", *_LOADED_TEXTS)):
        return fault
    if row["worked_on"] is None:
        if not day:
            return "missing_date", "the entry has no date; fill it in"
        return "bad_date", "the date cannot be read; write it like the others of the column"
    if row["person_name"] is None and row["person_email"] is None:
        return "missing_person", "nobody is named; fill in the person"
    hours = row["hours"]
    if not isinstance(hours, float):
        if not time_text:
            return "missing_hours", "the entry has no duration; fill it in or delete the entry"
        if counts_days(time_text):
            return "working_days", mend_of_days(time_text, rule, tool)
        return "bad_hours", "the duration cannot be read; write it as 1:30, 1h30 or 1.5"
    if hours < 0:
        return "negative_hours", "the duration is negative; correct the entry in the tool"
    if hours == 0:
        return "zero_hours", "the duration is zero; fill it in or delete the entry"
    return "entry_over_24h", "one entry lasts over 24 h; split it by day or correct it"


def to_entries(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in the columns of the contract."""
    return frame.with_columns(project=pl.col("project_name")).select(
        pl.col(name).cast(dtype) for name, dtype in TIMESHEET_COLUMNS.items()
    )
