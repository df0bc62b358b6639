"""`jalon freeze`: write down baseline, forecast, assumptions and tags as they are in one build.

Later builds measure against what is written here. True teams, not merged ones: the folder belongs
to the people's own files. Does not belong here: reading a frozen folder (ingestion.freeze).
"""

import csv
import io
from datetime import date
from pathlib import Path

import duckdb

from ingestion.atomic import write_bytes, write_folder
from ingestion.errors import InputError
from ingestion.freeze import freeze_hash, frozen_columns

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


def frozen_files(warehouse: Path) -> dict[str, bytes]:
    """The files of a freeze, by name, from one build's warehouse."""
    files: dict[str, bytes] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
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


def freeze(engagement_folder: Path, warehouse: Path, approver: str, on: date) -> str:
    """Write `decisions/frozen/<on>/` and its approval; returns its hash.

    Raises:
        InputError: where that day's freeze exists already.
    """
    folder = engagement_folder / "decisions" / "frozen" / on.isoformat()
    if folder.exists():
        raise InputError(
            f"{folder} exists already; a freeze is never overwritten. Remove the folder and its "
            "line in decisions/approvals.csv if it was a mistake"
        )
    files = frozen_files(warehouse)

    def fill(staged: Path) -> None:
        for name, content in files.items():
            (staged / name).write_bytes(content)

    write_folder(folder, fill)
    subject = freeze_hash(folder)
    _approve(engagement_folder / "decisions" / "approvals.csv", subject, approver, on)
    return subject


def _approve(path: Path, subject: str, approver: str, on: date) -> None:
    header = "what,subject,approver,approved_on\n"
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    if not before.strip():
        before = header
    separator = ";" if ";" in before.splitlines()[0] else ","
    line = separator.join(("baseline_freeze", subject, approver, on.isoformat()))
    write_bytes(path, (before.rstrip("\n") + "\n" + line + "\n").encode("utf-8"))
