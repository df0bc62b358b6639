"""Rows of client files behind a published figure, with their places: for the consultant alone.

Belongs here: which rows a figure counts. Does not belong here: formulas (dbt), printing (commands).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

MOST_ROWS = 3
# These marts follow the work month by month; all others count the window of the baseline.
_BY_MONTH = {"fct_impact_monthly", "fct_impact_effects", "fct_forecast_vs_realised"}
_UNITS = {"timesheet": "hours", "form": "hours a week", "deliverable": "units"}
# Every row that the model counts, with its true cell.
_ROWS = """
    with counted as (
        select 'timesheet' as source, entries.file_hash, entries.row_number, people.team_id,
            entries.worked_on as dated_on, entries.label, entries.hours as amount
        from intermediate.int_timesheet_entries_as_of as entries
        inner join intermediate.int_people_placed as people using (person_id)
        where entries.hours > 0
        union all
        select 'deliverable', file_hash, row_number, team_id, delivered_on, label, units
        from intermediate.int_deliverables_as_of
        union all
        select 'form', responses.file_hash, responses.row_number, responses.team_id, null,
            tasks.label, tasks.weekly_hours
        from intermediate.int_responses_settled as responses
        inner join staging.stg_raw__form_tasks as tasks using (response_id)
        where tasks.weekly_hours > 0
    )

    select counted.*, cells.published_team_id, cells.published_task_id, cells.task_id
    from counted
    inner join staging.stg_enrichment__task_matches as matches
        on counted.label = matches.label and counted.source = matches.source
    inner join intermediate.int_cells_published as cells
        on counted.team_id = cells.team_id and matches.task_id = cells.task_id
"""


@dataclass(frozen=True)
class SourceRow:
    """One row of a client's file; `amount` in the unit of its group."""

    source_file: str
    file_hash: str
    row_number: int
    dated_on: str | None
    label: str
    amount: float


@dataclass(frozen=True)
class RowGroup:
    """Rows of one kind of file: how many, what they add up to, the first of them.

    Attributes:
        source: timesheet, form or deliverable.
        unit: of `amount`: hours, hours a week, or units.
    """

    source: str
    rows_count: int
    amount: float
    unit: str
    first: list[SourceRow]


def rows_behind(
    connection: duckdb.DuckDBPyConnection, table: str, key: Mapping[str, str]
) -> list[RowGroup]:
    """The rows of the figure's team, task, intervention and month; none where it has none of them.

    Args:
        connection: the build's warehouse.
        table: the mart of the figure.
        key: the figure's key, by column.
    """
    tests, values = [], []
    for name, column in (("team_id", "published_team_id"), ("task_id", "published_task_id")):
        if name in key:
            tests.append(f"rows_all.{column} = ?")
            values.append(key[name])
    if "intervention_id" in key:
        tests.append(
            "(rows_all.team_id, rows_all.task_id) in (select (team_id, task_id)"
            " from intermediate.int_interventions_as_of where ? in (intervention_id, 'all'))"
        )
        values.append(key["intervention_id"])
    if not tests:
        return []
    if table in _BY_MONTH:
        tests.append("rows_all.source <> 'form'")
        if "month_on" in key:
            tests.append("date_trunc('month', rows_all.dated_on) = cast(? as date)")
            values.append(key["month_on"])
    else:
        tests.append(
            "coalesce(rows_all.dated_on between (select baseline_start from marts.dim_engagements)"
            " and (select baseline_end from marts.dim_engagements), rows_all.source = 'form')"
        )
    rows = connection.execute(
        f"""
        select rows_all.source, files.source_file, rows_all.file_hash, rows_all.row_number,
            cast(rows_all.dated_on as varchar), rows_all.label, rows_all.amount
        from ({_ROWS}) as rows_all
        inner join staging.stg_raw__source_files as files using (file_hash)
        where {" and ".join(tests)}
        order by 1, 2, 4
        """,
        values,
    ).fetchall()
    groups = []
    for source in dict.fromkeys(row[0] for row in rows):
        own = [SourceRow(*row[1:]) for row in rows if row[0] == source]
        amount = float(sum(row.amount for row in own))
        groups.append(RowGroup(source, len(own), amount, _UNITS[source], own[:MOST_ROWS]))
    return groups
