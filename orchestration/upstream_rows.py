"""The rows of the models before the marts from which a published figure was computed.

Belongs here: walking dbt's lineage over the warehouse of one build. Does not belong here: metric
ids and what is published (explain), rows of client files (source_rows).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from ingestion.errors import InputError

_RANGE = re.compile(r"(?P<first>[\d-]+)\.\.(?P<last>[\d-]+)")
# How far back inputs are told: beyond it stand the rows themselves.
DEPTH = 4
# Columns that say which case or step a row is about; the figure's own case is the base.
_FIXED = {"case_id": "base", "look": "current"}
# Models of one scenario have it in their name.
_SCENARIOS = {"productivity", "growth", "margin"}
# Figures that are drawn from many cases: of what, where the name does not say it.
_QUANTILE = re.compile(r"(?P<drawn>\w+)_p\d+")
_DRAWN = {"probability_positive": "npv"}
# The same thing under the name that it has in the models before the marts.
_UPSTREAM = {
    "intervention_id": "effect_id", "tool_id": "tool_key", "document_id": "document_key",
    "workflow_id": "workflow_key",
}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """One upstream row: the model, what it holds, its values."""

    model: str
    description: str
    values: Mapping[str, Any]


def condition_of(key: Mapping[str, str]) -> tuple[str, list[str]]:
    """SQL and parameters for the rows of a key.

    `1..12` is a range of numbers or days; nothing after the sign means that the row has no value.
    """
    tests, values = [], []
    for name, value in key.items():
        if not value:
            tests.append(f'"{name}" is null')
        elif span := _RANGE.fullmatch(value):
            kind = "date" if "-" in span["first"] else "bigint"
            tests.append(f'"{name}" between cast(? as {kind}) and cast(? as {kind})')
            values += [span["first"], span["last"]]
        else:
            tests.append(f'cast("{name}" as varchar) = ?')
            values.append(value)
    return " and ".join(tests) or "true", values


def inputs_of(
    connection: duckdb.DuckDBPyConnection,
    manifest: Mapping[str, Any],
    node: Mapping[str, Any],
    column: str,
    key: Mapping[str, str],
) -> Iterator[Input]:
    """Upstream models that hold exactly one row for the figure's key, nearest first.

    Of a figure drawn from many cases also those that hold a row for each draw; of a figure of one
    scenario none of the models of the others, which are alternatives.

    Raises:
        InputError: where the build is of a version of the models other than the manifest's.
    """
    others = _SCENARIOS - {key["scenario"]} if "scenario" in key else set()
    quantile = _QUANTILE.fullmatch(column)
    drawn = quantile["drawn"] if quantile else _DRAWN.get(column)
    seen: set[str] = set()
    level = [*node["depends_on"]["nodes"]]
    for _ in range(DEPTH):
        following: list[str] = []
        for unique_id in level:
            parent = manifest["nodes"].get(unique_id)
            if parent is None or unique_id in seen or parent["resource_type"] == "seed":
                continue
            seen.add(unique_id)
            if others.intersection(parent["name"].split("_")):
                continue
            following += parent["depends_on"]["nodes"]
            for values in (
                drawn and _draws(connection, parent, drawn, key),
                _only_row(connection, parent, key),
            ):
                if values:
                    yield Input(parent["name"], parent["description"], values)
        level = following


def _columns(connection: duckdb.DuckDBPyConnection, node: Mapping[str, Any]) -> list[str]:
    relation = f"{node['schema']}.{node['alias']}"
    try:
        return [name for name, *_ in connection.execute(f"describe {relation}").fetchall()]
    except duckdb.CatalogException as error:
        raise InputError(
            f"this publication was built by an earlier version of Jalon, without {node['alias']}; "
            "run its month again (`jalon run ENGAGEMENT --month YYYY-MM`), then explain"
        ) from error


def _draws(
    connection: duckdb.DuckDBPyConnection,
    node: Mapping[str, Any],
    drawn: str,
    key: Mapping[str, str],
) -> dict[str, Any] | None:
    """How the draws of a column are spread, where a model has one row for each draw."""
    if not {"case_kind", drawn, *key} <= set(_columns(connection, node)):
        return None
    where, parameters = condition_of(key)
    count, cases, *spread = connection.execute(
        f"with draws as (from {node['schema']}.{node['alias']} where case_kind = 'draw')"
        f" select count(*), (select count(distinct case_id) from draws), min({drawn}),"
        f" quantile_cont({drawn}, 0.1), median({drawn}), quantile_cont({drawn}, 0.9),"
        f" max({drawn}), count(*) filter (where {drawn} > 0)"
        f" from draws where {where} and {drawn} is not null",
        parameters,
    ).fetchall()[0]
    if not count or count != cases:
        return None
    told = ("lowest", "P10", "P50", "P90", "highest", "above zero")
    named = {f"{drawn} {name}": value for name, value in zip(told, spread, strict=True)}
    return {"draws": count, **named}


def _only_row(
    connection: duckdb.DuckDBPyConnection, node: Mapping[str, Any], key: Mapping[str, str]
) -> dict[str, Any] | None:
    columns = _columns(connection, node)
    renamed = {
        name if name in columns else _UPSTREAM.get(name, name): value for name, value in key.items()
    }
    known = {name: value for name, value in {**_FIXED, **renamed}.items() if name in columns}
    # For a figure of the whole engagement: whatever else is one row, the sources apart.
    is_whole = not key and not node["alias"].startswith("stg_")
    if not (known.keys() & renamed.keys() or is_whole):
        return None
    where, parameters = condition_of(known)
    cursor = connection.execute(
        f"select * from {node['schema']}.{node['alias']} where {where} limit 2", parameters
    )
    names = [description[0] for description in cursor.description or []]
    rows = cursor.fetchall()
    if len(rows) != 1:
        return None
    return {
        name: value
        for name, value in zip(names, rows[0], strict=True)
        if value is not None and name not in {*known, "engagement_id"}
    }
