"""From a published figure back to its formula, its inputs, its rows and its quotes.

Belongs here: walking dbt's lineage over the warehouse of one build. What a figure means is said
once, in the description of its column in dbt_project. Does not belong here: printing (commands).
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ingestion.errors import InputError
from ingestion.folding import nearest

METRIC = re.compile(r"(?P<table>\w+)\.(?P<column>\w+)(?:\[(?P<key>[^\]]*)\])?")
# How far back inputs are told: beyond it stand the rows themselves.
DEPTH = 4
MOST_INPUTS, MOST_ROWS, MOST_QUOTES = 8, 5, 5
# Columns that say which case or step a row is about; the figure's own case is the base.
_FIXED = {"case_id": "base"}
_ENTITIES = ("team_id", "task_id", "scenario", "project_type", "assumption", "intervention_id")


@dataclass(frozen=True)
class Input:
    """One upstream row: the model, what it holds, its values."""

    model: str
    description: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class SourceRow:
    """One row of a client's file behind a figure."""

    source_file: str
    file_hash: str
    row_number: int
    dated_on: str
    label: str
    hours: float


@dataclass
class Explanation:
    """Everything behind one figure.

    Attributes:
        metric: its id.
        value: as published; the sum where the id gives a part of the key only.
        formula: the column's description.
        grain: the table's description.
        inputs: upstream rows, nearest first.
        rows_count, rows_hours: rows of timesheets and forms behind it, and their hours.
        rows: the first of them.
        quotes: what people said about its task or team, with grade.
    """

    metric: str
    value: Any
    formula: str
    grain: str
    inputs: list[Input] = field(default_factory=list)
    rows_count: int = 0
    rows_hours: float = 0.0
    rows: list[SourceRow] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)


def explain(
    metric: str, published: Path, warehouse: Path, manifest: Mapping[str, Any]
) -> Explanation:
    """Explain `table.column[key=value,…]` of one published build.

    Args:
        metric: as the report prints it.
        published: folder of the published build.
        warehouse: the build's DuckDB file with every intermediate model.
        manifest: dbt's manifest as JSON.

    Raises:
        InputError: where the id is malformed or leads to no row or to several.
    """
    table, column, key = parse_metric(metric)
    nodes = {node["name"]: node for node in manifest["nodes"].values()}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        value = _published_value(connection, published, table, column, key)
        node = nodes.get(table, {"description": "", "columns": {}, "depends_on": {"nodes": []}})
        explanation = Explanation(
            metric=metric,
            value=value,
            formula=node["columns"].get(column, {}).get("description", ""),
            grain=node["description"],
        )
        entity = {name: key[name] for name in _ENTITIES if name in key}
        explanation.inputs = list(_inputs(connection, manifest, node, key))[:MOST_INPUTS]
        _add_rows(connection, explanation, entity)
        explanation.quotes = _quotes(connection, entity)
    return explanation


def parse_metric(metric: str) -> tuple[str, str, dict[str, str]]:
    """Table, column and key of a metric id.

    Raises:
        InputError: where it is not of the form `table.column[key=value,…]`.
    """
    match = METRIC.fullmatch(metric.strip())
    pairs = [part.split("=", 1) for part in ((match and match["key"]) or "").split(",") if part]
    if match is None or any(len(pair) != 2 for pair in pairs):
        raise InputError(
            f"{metric!r} is no metric id; write table.column[key=value,…], for example "
            "fct_roi_scenarios.npv_p50[scenario=margin]"
        )
    return match["table"], match["column"], {name.strip(): v.strip() for name, v in pairs}


def _published_value(
    connection: duckdb.DuckDBPyConnection,
    published: Path,
    table: str,
    column: str,
    key: Mapping[str, str],
) -> Any:
    files = {path.stem: path for path in (published / "marts").glob("*.parquet")}
    if table not in files:
        raise InputError(f"there is no mart {table!r}; did you mean {nearest(table, files)}?")
    described = connection.execute("describe from read_parquet(?)", [str(files[table])]).fetchall()
    columns = [name for name, *_ in described]
    for name in (column, *key):
        if name not in columns:
            raise InputError(
                f"{table} has no column {name!r}; did you mean {nearest(name, columns)}?"
            )
    where = " and ".join(f'cast("{name}" as varchar) = ?' for name in key) or "true"
    found = connection.execute(
        f'select "{column}" from read_parquet(?) where {where}',
        [str(files[table]), *key.values()],
    ).fetchall()
    if not found:
        raise InputError(f"{table} has no row with {dict(key)}")
    values = [value for (value,) in found if value is not None]
    if len(found) > 1:
        # The report prints sums under the part of the key that they share.
        if not all(
            isinstance(value, int | float) and not isinstance(value, bool) for value in values
        ):
            raise InputError(f"{table} has several rows with {dict(key)}; give more of the key")
        return math.fsum(values)
    return found[0][0]


def _inputs(
    connection: duckdb.DuckDBPyConnection,
    manifest: Mapping[str, Any],
    node: Mapping[str, Any],
    key: Mapping[str, str],
) -> Iterator[Input]:
    """Upstream models that hold exactly one row for the figure's key, nearest first."""
    seen: set[str] = set()
    level = [*node["depends_on"]["nodes"]]
    for _ in range(DEPTH):
        following: list[str] = []
        for unique_id in level:
            parent = manifest["nodes"].get(unique_id)
            if parent is None or unique_id in seen or parent["resource_type"] == "seed":
                continue
            seen.add(unique_id)
            following += parent["depends_on"]["nodes"]
            values = _only_row(connection, parent, key)
            if values:
                yield Input(parent["name"], parent["description"], values)
        level = following


def _only_row(
    connection: duckdb.DuckDBPyConnection, node: Mapping[str, Any], key: Mapping[str, str]
) -> dict[str, Any] | None:
    relation = f"{node['schema']}.{node['alias']}"
    columns = [name for name, *_ in connection.execute(f"describe {relation}").fetchall()]
    known = {name: value for name, value in {**_FIXED, **key}.items() if name in columns}
    if not known.keys() - _FIXED.keys():
        return None
    where = " and ".join(f'cast("{name}" as varchar) = ?' for name in known)
    cursor = connection.execute(
        f"select * from {relation} where {where} limit 2", list(known.values())
    )
    names = [description[0] for description in cursor.description or []]
    rows = cursor.fetchall()
    if len(rows) != 1:
        return None
    return {
        name: value
        for name, value in zip(names, rows[0], strict=True)
        if value is not None and name not in key and name != "engagement_id"
    }


def _add_rows(
    connection: duckdb.DuckDBPyConnection, explanation: Explanation, entity: Mapping[str, str]
) -> None:
    """Timesheet and form rows of the figure's team and task, through the folded cells."""
    if not {"team_id", "task_id"} & entity.keys():
        return
    where = " and ".join(
        f"cells.{column} = ?"
        for name, column in (("team_id", "published_team_id"), ("task_id", "published_task_id"))
        if name in entity
    )
    values = [entity[name] for name in ("team_id", "task_id") if name in entity]
    query = f"""
        with rows_all as (
            select 'timesheet' as source, file_hash, row_number, person_id, worked_on as dated_on,
                label, hours
            from intermediate.int_timesheet_entries_as_of
            union all
            select 'form', responses.file_hash, responses.row_number, responses.person_id,
                cast(responses.submitted_at as date), tasks.label, tasks.weekly_hours
            from intermediate.int_form_responses_as_of as responses
            inner join staging.stg_raw__form_tasks as tasks using (engagement_id, response_id)
        )
        select files.source_file, rows_all.file_hash, rows_all.row_number,
            cast(rows_all.dated_on as varchar), rows_all.label, rows_all.hours
        from rows_all
        inner join intermediate.int_people_placed as people using (person_id)
        inner join staging.stg_enrichment__task_matches as matches
            on rows_all.label = matches.label and rows_all.source = matches.source
        inner join intermediate.int_cells_published as cells
            on people.team_id = cells.team_id and matches.task_id = cells.task_id
        inner join staging.stg_raw__source_files as files on rows_all.file_hash = files.file_hash
        where {where}
        order by 1, 2, 3
    """
    rows = connection.execute(query, values).fetchall()
    explanation.rows_count = len(rows)
    explanation.rows_hours = float(sum(row[5] for row in rows))
    explanation.rows = [SourceRow(*row) for row in rows[:MOST_ROWS]]


def _quotes(connection: duckdb.DuckDBPyConnection, entity: Mapping[str, str]) -> list[str]:
    subjects = [(name.removesuffix("_id"), value) for name, value in entity.items()]
    quotes: list[str] = []
    for subject_type, subject_id in subjects:
        found = connection.execute(
            "select quote, source_kind, phase, grade from marts.fct_evidence"
            " where subject_type = ? and subject_id = ? and quote is not null"
            " order by grade, evidence_id limit ?",
            [subject_type, subject_id, MOST_QUOTES],
        ).fetchall()
        quotes += [
            f"« {quote} » ({kind}, {phase}, grade {grade})" for quote, kind, phase, grade in found
        ]
    return quotes[:MOST_QUOTES]
