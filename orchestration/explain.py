"""From a published figure back to its formula, its inputs, its rows and its quotes.

Belongs here: metric ids, what is published under them, what was said. What a figure means is said
once, in the description of its column in dbt_project. Does not belong here: the rows that it was
computed from (upstream_rows, source_rows), printing (commands).
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ingestion.errors import InputError
from ingestion.folding import nearest
from orchestration.source_rows import RowGroup, rows_behind
from orchestration.upstream_rows import Input, condition_of, inputs_of

METRIC = re.compile(r"(?P<table>\w+)\.(?P<column>\w+)(?:\[(?P<key>.*)\])?")
# A comma parts two keys only where another key follows: names of things may hold commas.
_PARTS = re.compile(r",(?=\s*\w+=)")
MOST_INPUTS, MOST_QUOTES = 6, 5
# What is quoted for a figure: the subject of fct_evidence that a column of its key names.
_SUBJECTS = {
    "task_id": "task", "team_id": "team", "scenario": "scenario", "assumption": "assumption",
    "intervention_id": "intervention", "flow_id": "flow", "tool_id": "tool",
    "document_id": "document", "workflow_id": "workflow", "wish_id": "wish",
    "priority": "priority", "metric": "target", "topic": "contradiction",
}  # fmt: skip
# The curve shifts the margin scenario's cases, each valued at a concession of its own.
_CASES_OF = {"fct_concession_curve": {"scenario": "margin"}}
# What may be added over the rest of a key; scenarios are alternatives and never are.
_ADDS = re.compile(r"rows_\w+|units|\w*hours(_year|_low|_high)?|\w+_(count|hours_year)")
_NEVER_ADDED = {"wait_hours"}
# Two marts by team are about what was said of one thing.
_SUBJECTS_OF_TEAM = {"fct_ai_usage": "ai_usage", "fct_champions": "champion"}


@dataclass
class Explanation:
    """Everything behind one figure.

    Attributes:
        metric: its id.
        value: as published; the sum where the id gives a part of the key only.
        figures_count: published rows that the value comes from.
        formula: the column's description.
        grain: the table's description.
        inputs: upstream rows, nearest first.
        rows: rows of client files behind it, by kind.
        quotes: what people said about its subject, with grade.
    """

    metric: str
    value: Any
    figures_count: int
    formula: str
    grain: str
    inputs: list[Input] = field(default_factory=list)
    rows: list[RowGroup] = field(default_factory=list)
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
        InputError: where the id is malformed or leads to no row or to several, or the build is of
            a version of the models other than the manifest's.
    """
    table, column, key = parse_metric(metric)
    nodes = {node["name"]: node for node in manifest["nodes"].values()}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        key = _as_printed(connection, table, key)
        values = _published_values(connection, published, table, column, key)
        node = nodes.get(table, {"description": "", "columns": {}, "depends_on": {"nodes": []}})
        behind = _CASES_OF.get(table, key)
        return Explanation(
            metric=f"{table}.{column}[{_written(key)}]",
            value=values[0] if len(values) == 1 else math.fsum(v for v in values if v is not None),
            figures_count=len(values),
            formula=_one_line(node["columns"].get(column, {}).get("description", "")),
            grain=_one_line(node["description"]),
            inputs=list(inputs_of(connection, manifest, node, column, behind))[:MOST_INPUTS],
            rows=rows_behind(connection, table, key),
            quotes=_quotes(connection, table, behind),
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def parse_metric(metric: str) -> tuple[str, str, dict[str, str]]:
    """Table, column and key of a metric id.

    Raises:
        InputError: where it is not of the form `table.column[key=value,…]`.
    """
    match = METRIC.fullmatch(metric.strip())
    parts = _PARTS.split((match and match["key"]) or "")
    pairs = [part.split("=", 1) for part in parts if part.strip()]
    if match is None or any(len(pair) != 2 for pair in pairs):
        raise InputError(
            f"{metric!r} is no metric id; write table.column[key=value,…], for example "
            "fct_roi_scenarios.npv_p50[scenario=margin]"
        )
    return match["table"], match["column"], {name.strip(): v.strip() for name, v in pairs}


def _as_printed(
    connection: duckdb.DuckDBPyConnection, table: str, key: dict[str, str]
) -> dict[str, str]:
    """The report prints the funnel of the steady year: tasks in scope, the last twelve months."""
    if table != "fct_hours_funnel" or key.keys() & {"month_index", "month_on"}:
        return key
    found = connection.execute("select horizon_months from marts.dim_engagements").fetchone()
    assert found is not None
    return {"is_in_scope": "true", **key, "month_index": f"{found[0] - 11}..{found[0]}"}


def _published_values(
    connection: duckdb.DuckDBPyConnection,
    published: Path,
    table: str,
    column: str,
    key: Mapping[str, str],
) -> list[Any]:
    files = {path.stem: path for path in (published / "marts").glob("*.parquet")}
    if table not in files:
        raise InputError(f"there is no mart {table!r}; did you mean {nearest(table, files)}?")
    described = connection.execute("describe from read_parquet(?)", [str(files[table])]).fetchall()
    columns = [name for name, *_ in described]
    for name in (column, *key):
        if name not in columns:
            meant = nearest(name, columns) or ", ".join(columns)
            raise InputError(f"{table} has no column {name!r}; did you mean {meant}?")
    where, parameters = condition_of(key)
    try:
        found = connection.execute(
            f'select "{column}" from read_parquet(?) where {where}',
            [str(files[table]), *parameters],
        ).fetchall()
    except (duckdb.BinderException, duckdb.ConversionException):
        raise InputError(
            f"[{_written(key)}] cannot be looked up in {table}; a range is of numbers or days, "
            "as in month_index=1..12"
        ) from None
    if not found:
        raise InputError(f"{table} has no row with [{_written(key)}]")
    # The report prints sums under the part of the key that they share.
    is_sum = _ADDS.fullmatch(column) and column not in _NEVER_ADDED
    if len(found) > 1 and not (is_sum and ("scenario" in key or "scenario" not in columns)):
        raise InputError(
            f"{len(found)} rows of {table} answer to [{_written(key)}], and their {column} is "
            f"nothing to be added up; give more of the key"
        )
    return [value for (value,) in found]


def _written(key: Mapping[str, str]) -> str:
    return ",".join(f"{name}={value}" for name, value in key.items())


def _quotes(connection: duckdb.DuckDBPyConnection, table: str, key: Mapping[str, str]) -> list[str]:
    """What was said of the figure's subjects; for a scenario, what moves it most comes first."""
    quotes: list[str] = []
    for name, subject_id in key.items():
        subject = _SUBJECTS_OF_TEAM.get(table) if name == "team_id" else None
        found = connection.execute(
            "select evidence.detail, evidence.quote, evidence.source_kind, evidence.phase,"
            " evidence.grade from marts.fct_evidence as evidence"
            " left join marts.fct_roi_sensitivity as moved on evidence.subject_type = 'scenario'"
            " and evidence.subject_id = moved.scenario and evidence.detail = moved.assumption"
            " where evidence.subject_type = ? and evidence.subject_id = ?"
            " and evidence.quote is not null and evidence.source_kind"
            " not in ('timesheet', 'form', 'deliverable')"
            " order by moved.rank nulls last, evidence.grade, evidence.evidence_id limit ?",
            [subject or _SUBJECTS.get(name), subject_id, MOST_QUOTES],
        ).fetchall()
        for detail, quote, kind, phase, grade in found:
            told = ", ".join(filter(None, (kind, phase, f"grade {grade}")))
            quotes.append(f"{detail + ': ' if detail else ''}« {quote} » ({told})")
    return quotes[:MOST_QUOTES]
