"""`jalon freeze`: write down baseline, forecast, assumptions and tags as they are in one build.

Builds of that month and of later ones measure against what is written here. True teams, not merged
ones: the folder belongs to the people's own files. Does not belong here: reading a frozen folder
(ingestion.freeze).
"""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ingestion.atomic import write_bytes, write_folder
from ingestion.decisions import DECISION_COLUMNS
from ingestion.errors import InputError
from ingestion.freeze import freeze_hash, frozen_columns
from ingestion.people_csv import csv_of, read_rows

# What is frozen, from the models of one warehouse. The forecast counts months from the start of an
# intervention at steady base-case hours: net hours, before bankability (model.md, section 6).
_QUERIES = {
    "teams": "select team_id, published_team_id from intermediate.int_teams_published order by 1",
    "baseline": """
        select team_id, task_id, calibrated_weekly_hours, calibrated_weekly_hours_low,
            calibrated_weekly_hours_high, hours_source
        from intermediate.int_task_hours_calibrated order by 1, 2
    """,
    "forecast": """
        select hours.team_id, hours.task_id, ramp.month_index as months_since_start,
            hours.net_hours_year / 12 * ramp.ramp_share as net_hours
        from intermediate.int_task_hours_potential as hours
        inner join intermediate.int_adoption_ramped as ramp using (engagement_id)
        where ramp.case_id = 'base' and hours.net_hours_year is not null
        order by 1, 2, 3
    """,
    "assumptions": """
        select assumption, team_id, task_id, low, base, high, set_by
        from marts.fct_assumptions order by 1, 2 nulls first, 3 nulls first
    """,
    "tags": """
        select task_id, nature, rule_share, eligible_share
        from intermediate.int_tasks_decided order by 1
    """,
}


# What a person wants to know before it is frozen.
_SUMMARY = """
    select parameters.as_of_on, engagements.baseline_start, engagements.baseline_end,
        engagements.frozen_on, engagements.default_assumptions_count,
        (select sum(calibrated_weekly_hours) from intermediate.int_task_hours_calibrated)
            as weekly_hours,
        (select sum(net_hours_year) from intermediate.int_task_hours_potential) as net_hours_year
    from marts.dim_engagements as engagements
    inner join staging.stg_build__parameters as parameters using (engagement_id)
"""


@dataclass(frozen=True)
class Freeze:
    """What one build would freeze.

    Attributes:
        frozen_on: last day of the month that the build looks at; names the folder.
        measures_against: the freeze that the build already uses, by its day.
        weekly_hours: calibrated hours a week of all teams; None where nobody gave any.
        net_hours_year: forecast at full adoption, hours a year before bankability.
        files: name and bytes of each file.
    """

    frozen_on: date
    baseline_start: date
    baseline_end: date
    measures_against: date | None
    default_assumptions_count: int
    weekly_hours: float | None
    net_hours_year: float | None
    files: dict[str, bytes]


def freeze_of(connection: duckdb.DuckDBPyConnection) -> Freeze:
    """What the build of this warehouse would freeze."""
    summary = connection.execute(_SUMMARY).fetchone()
    assert summary is not None
    as_of_on, start, end, frozen_on, defaults, weekly, yearly = summary
    files = _files(connection)
    return Freeze(as_of_on, start, end, frozen_on, defaults, weekly, yearly, files)


def _files(connection: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, query in _QUERIES.items():
        cursor = connection.execute(query)
        columns = [description[0] for description in cursor.description or []]
        assert columns == frozen_columns(name), (name, columns)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(cursor.fetchall())
        files[f"{name}.csv"] = text.getvalue().encode("utf-8")
    return files


def write_freeze(
    engagement_folder: Path, freeze: Freeze, approver: str, on: date
) -> tuple[str, str]:
    """Write `decisions/frozen/<frozen_on>/` and its approval.

    Doing it again changes nothing; a freeze that was cut short is completed.

    Args:
        approver: the role that approves.
        on: the day of the approval.

    Returns:
        Its hash, and the role whose approval stands: of an earlier time where there is one.

    Raises:
        InputError: where that month is frozen already, with other values.
    """
    folder = engagement_folder / "decisions" / "frozen" / freeze.frozen_on.isoformat()
    if freeze.measures_against or (folder.is_dir() and _content(folder) != freeze.files):
        day = freeze.measures_against or freeze.frozen_on
        raise InputError(
            f"decisions/frozen/{day} is frozen already, and a freeze is never overwritten. If it "
            "was a mistake, remove that folder and its line in decisions/approvals.csv, run, and "
            "freeze again"
        )
    if not folder.is_dir():
        write_folder(folder, lambda staged: _write(staged, freeze.files))
    subject = freeze_hash(folder)
    path = engagement_folder / "decisions" / "approvals.csv"
    return subject, _approved(path, subject, approver, on)


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _approved(path: Path, subject: str, approver: str, on: date) -> str:
    """Have the approval stand in the file; returns who approved."""
    columns = DECISION_COLUMNS["approvals"]
    rows = [row.cells for row in read_rows(path, "decisions/approvals.csv", columns)]
    standing = next((row["approver"] for row in rows if row["subject"] == subject), None)
    if standing is None:
        approval = ("baseline_freeze", subject, approver, on.isoformat())
        rows.append(dict(zip(columns, approval, strict=True)))
        write_bytes(path, csv_of(columns, rows))
    return standing or approver
