"""The raw tables: names, columns and types, the contract between ingestion and what reads it.

One Parquet file per table in a snapshot folder, `<table>.parquet`; a table without rows is
written too. Every table carries `engagement_id`. Free text is already redacted, people are
pseudonyms (`person_id`). Dates are calendar dates, `_at` are UTC timestamps.
Does not belong here: how a value is found in a file.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

STR, INT, NUM, BOOL = pa.string(), pa.int32(), pa.float64(), pa.bool_()
DATE, TIME = pa.date32(), pa.timestamp("us")


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([("engagement_id", STR), *columns.items()])


# Where a row stands in the file that it came from: `row_number` is the 1-based physical line of a
# text file or row of a sheet (`sheet` names it in workbooks of several), header included.
_ORIGIN = {"file_hash": STR, "sheet": STR, "row_number": INT}

RAW_TABLES: dict[str, pa.Schema] = {
    # --- config -----------------------------------------------------------------------------
    # One row: the engagement. priority: productivity | growth | margin, null if not decided.
    "engagement": _schema(
        client=STR,
        language=STR,
        timezone=STR,
        currency=STR,
        priority=STR,
        status=STR,
        baseline_start=DATE,
        baseline_end=DATE,
        programme_start=DATE,  # first day of the month
        weekly_hours=NUM,
        teams_can_swap=BOOL,
        min_group=INT,
        share_benchmarks=BOOL,
        retain_until=DATE,
        logo=STR,
        accent=STR,  # logo: data URI or null
    ),
    "teams": _schema(team_id=STR, team_name=STR, headcount=NUM, hourly_cost=NUM),
    # One row per roster person. consented_name is null unless champion_consent is true.
    "people": _schema(
        person_id=STR,
        team_id=STR,
        role=STR,
        weekly_hours=NUM,
        started_on=DATE,
        left_on=DATE,
        champion_consent=BOOL,
        consented_name=STR,
    ),
    # One row per configured assumption (× team where it is a map); defaults are a dbt seed.
    "assumptions": _schema(
        assumption=STR, team_id=STR, low=NUM, base=NUM, high=NUM, source=STR, set_by=STR
    ),
    "project_types": _schema(
        project_type=STR, project_type_name=STR, price=NUM, annual_volume=NUM, external_cost=NUM
    ),
    "project_type_hours": _schema(project_type=STR, team_id=STR, hours=NUM),
    "targets": _schema(metric=STR, baseline=NUM, target=NUM, horizon_months=NUM),
    # --- inbox ------------------------------------------------------------------------------
    # One row per time entry. label: the tool's task, else its description, else its project.
    "timesheet_entries": _schema(
        entry_id=STR,
        **_ORIGIN,
        tool=STR,
        person_id=STR,
        worked_on=DATE,
        hours=NUM,
        label=STR,
        client_name=STR,
        project=STR,
        note=STR,
    ),
    # One row per submitted form. wave: baseline | followup. ai_familiarity 1–5.
    "form_responses": _schema(
        response_id=STR,
        **_ORIGIN,
        tool=STR,
        wave=STR,
        person_id=STR,
        submitted_at=TIME,
        ai_familiarity=INT,
        ai_frequency=STR,
        ai_works=STR,
        ai_missing=STR,
        time_consuming=STR,
        low_value=STR,
        wish=STR,
        is_champion_candidate=BOOL,
    ),
    # One row per response and declared task (position from 1). weekly_hours: hours a week.
    "form_tasks": _schema(response_id=STR, position=INT, label=STR, category=STR, weekly_hours=NUM),
    # One row per response and tool used. satisfaction 1–5.
    "form_tools": _schema(
        response_id=STR, tool_name=STR, satisfaction=INT, is_imposed=BOOL, missing_integration=STR
    ),
    "form_extra_answers": _schema(response_id=STR, question=STR, answer=STR),
    "deliverables": _schema(
        deliverable_id=STR,
        **_ORIGIN,
        delivered_on=DATE,
        team_id=STR,
        label=STR,
        project_type=STR,
        units=NUM,
        versions=NUM,
    ),
    # One row per interview. phase: alignment | deep_dive | immersion. team_id and role are the
    # main interviewee's (team_id null for the executive committee).
    "transcripts": _schema(
        document_id=STR,
        file_hash=STR,
        tool=STR,
        phase=STR,
        interviewed_on=DATE,
        team_id=STR,
        role=STR,
        language=STR,
        turns_count=INT,
        speakers_count=INT,
        has_quote_consent=BOOL,
    ),
    # One row per turn (from 1). speaker is a role label, never a name.
    "turns": _schema(
        document_id=STR,
        turn_index=INT,
        person_id=STR,
        speaker=STR,
        speaker_team_id=STR,
        is_interviewer=BOOL,
        started_s=NUM,
        text=STR,
    ),
    # --- decisions --------------------------------------------------------------------------
    "decision_tasks": _schema(
        task_id=STR,
        task_name=STR,
        category=STR,
        training_hours=NUM,
        gain_low=NUM,
        gain_base=NUM,
        gain_high=NUM,
        eligible_share=NUM,
        horizon=STR,
        owner=STR,
        deadline=DATE,
    ),
    "decision_task_map": _schema(source=STR, label=STR, task_id=STR),
    "decision_tags": _schema(
        task_id=STR, nature=STR, rule_share=NUM, is_waiting=BOOL, reviewer=STR, reason=STR
    ),
    "decision_scores": _schema(rater=STR, task_id=STR, criterion=STR, score=NUM, reason=STR),
    "decision_interventions": _schema(
        intervention_id=STR,
        task_id=STR,
        team_id=STR,
        started_on=DATE,
        planned_gain=NUM,
        is_randomised=BOOL,
        tool=STR,
        owner=STR,
        deadline=DATE,
    ),
    "decision_approvals": _schema(what=STR, subject=STR, approver=STR, approved_on=DATE),
    "notes": _schema(page=STR, text=STR),
    # --- what `jalon freeze` wrote, all empty without an approved freeze. frozen_on names the
    # freeze: the last day of the month that it froze ------------------------------------------
    "frozen_freezes": _schema(frozen_on=DATE, freeze_hash=STR),
    "frozen_teams": _schema(frozen_on=DATE, team_id=STR, published_team_id=STR),
    "frozen_baseline": _schema(
        frozen_on=DATE,
        team_id=STR,
        task_id=STR,
        calibrated_weekly_hours=NUM,
        calibrated_weekly_hours_low=NUM,
        calibrated_weekly_hours_high=NUM,
        hours_source=STR,
    ),
    # months_since_start from 1; net_hours a month, before bankability.
    "frozen_forecast": _schema(
        frozen_on=DATE, team_id=STR, task_id=STR, months_since_start=INT, net_hours=NUM
    ),
    "frozen_assumptions": _schema(
        frozen_on=DATE,
        assumption=STR,
        team_id=STR,
        task_id=STR,
        low=NUM,
        base=NUM,
        high=NUM,
        set_by=STR,
    ),
    "frozen_tags": _schema(
        frozen_on=DATE, task_id=STR, nature=STR, rule_share=NUM, eligible_share=NUM
    ),
    # --- accounting -------------------------------------------------------------------------
    # One row per inbox file. status: loadable | held | refused. source_file is
    # "<kind>/<first 8 of hash>.<ext>": real file names may hold people's names.
    "source_files": _schema(
        file_hash=STR,
        source_file=STR,
        kind=STR,
        tool=STR,
        status=STR,
        reason=STR,
        rows_in=INT,
        rows_loaded=INT,
        rows_quarantined=INT,
        rows_declared_non_data=INT,
        first_reason=STR,
        hours=NUM,
        turns_count=INT,
        first_on=DATE,
        last_on=DATE,
    ),
    "quarantined_rows": _schema(**_ORIGIN, reason=STR),
    "non_data_rows": _schema(file_hash=STR, reason=STR, rows_count=INT),
}

# What people configured and decided: undated, so each publication's manifest holds their hashes.
DECIDED_TABLES = (
    "engagement", "teams", "targets", "assumptions", "project_types", "project_type_hours",
    "decision_tasks", "decision_task_map", "decision_tags", "decision_scores",
    "decision_interventions", "decision_approvals", "frozen_freezes", "notes",
)  # fmt: skip


def write_raw_table(folder: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write `rows` as raw table `table` into `folder`; a missing column is null.

    Args:
        folder: the snapshot folder, created if needed.
        table: a name of `RAW_TABLES`.
        rows: one mapping per row; keys are column names.

    Returns:
        The path of the Parquet file.

    Raises:
        KeyError: for a table or a column that is not in the contract.
    """
    schema = RAW_TABLES[table]
    rows = [dict(row) for row in rows]
    for row in rows:
        if unknown := row.keys() - set(schema.names):
            raise KeyError(f"{table} has no column {sorted(unknown)}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path
