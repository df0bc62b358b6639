"""Months: `YYYY-MM` names, their last days, and the month that a run means by default."""

import calendar
import re
from datetime import date, timedelta
from pathlib import Path

import duckdb

# The first partition in Dagster.
FIRST_MONTH = "2020-01"


def month_end(month: str) -> date:
    """Last day of `YYYY-MM`.

    Raises:
        ValueError: with one clear message where it is no month.
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise ValueError(f"{month!r} is not a month; write it as YYYY-MM, for example 2026-03")
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, calendar.monthrange(year, number)[1])


def require_begun(month: str, today: date) -> None:
    """Refuse what is no month, and one that no build can look back on.

    Raises:
        ValueError: with the months that can be built.
    """
    month_end(month)
    if not FIRST_MONTH <= month <= f"{today:%Y-%m}":
        raise ValueError(
            f"no build can be as of {month}; the months are {FIRST_MONTH} to {today:%Y-%m}, the "
            "current one included"
        )


def default_month(raw: Path, today: date) -> str:
    """The latest ended month with a dated timesheet or deliverable, else the baseline's last.

    Args:
        raw: snapshot folder of raw tables.
        today: the day that decides which months have ended.
    """
    first_of_month = today.replace(day=1)
    with duckdb.connect() as connection:
        (latest,) = connection.execute(
            """
            select max(dated_on) from (
                select worked_on as dated_on from read_parquet($raw || '/timesheet_entries.parquet')
                union all
                select delivered_on from read_parquet($raw || '/deliverables.parquet')
            ) where dated_on < $first
            """,
            {"raw": str(raw), "first": first_of_month},
        ).fetchone() or (None,)
        if latest is None:
            (latest,) = connection.execute(
                "select baseline_end from read_parquet($raw || '/engagement.parquet')",
                {"raw": str(raw)},
            ).fetchone() or (first_of_month - timedelta(days=1),)
    return f"{latest:%Y-%m}"
