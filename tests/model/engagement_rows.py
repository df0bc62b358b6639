"""Build a warehouse from a few compact rows, for tests of the model.

Belongs here: defaults that make a small engagement complete, and running dbt on it.
Does not belong here: expected values, which stand in each test.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from ingestion.tables import RAW_TABLES, write_raw_table
from llm_enrichment.tables import ENRICHMENT_TABLES, write_enrichment_table
from orchestration.paths import Home
from orchestration.prepare import prepared_statements
from orchestration.statements import build_by_statements
from orchestration.warehouse import BuildInputs, NodeResult

ENGAGEMENT = "granit"
Tables = dict[str, list[dict[str, Any]]]

# Every assumption that has no default, so that each scenario can be computed.
CLIENT_VALUES: dict[str, float] = {
    "average_project_value": 20000, "external_cost_share": 0.2, "extra_pitches_per_year": 12,
    "freelance_day_rate": 350, "implementation_day_rate": 800, "implementation_days": 10,
    "pitch_cash_cost": 500, "run_cost_per_month": 200, "seats": 10, "training_hours_per_seat": 4,
}  # fmt: skip


def engagement_tables(**engagement: Any) -> Tables:
    """Tables of an engagement with no team, form or timesheet yet; add rows to what it returns."""
    tables: Tables = {name: [] for name in (*RAW_TABLES, *ENRICHMENT_TABLES)}
    tables["engagement"] = [
        {
            "client": "Agence Granit (fictive)", "language": "fr", "timezone": "Europe/Paris",
            "currency": "EUR", "priority": "productivity", "status": "active",
            "baseline_start": date(2026, 1, 1), "baseline_end": date(2026, 3, 31),
            "programme_start": date(2026, 4, 1), "weekly_hours": 35.0, "teams_can_swap": False,
            "min_group": 1, "share_benchmarks": False, **engagement,
        }
    ]  # fmt: skip
    return tables


def add_assumptions(tables: Tables, **values: Any) -> None:
    """Add assumptions: a number, a (low, base, high) triple, or a map of teams to numbers."""
    for key, value in values.items():
        for team, triple in (value if isinstance(value, Mapping) else {None: value}).items():
            low, base, high = triple if isinstance(triple, Sequence) else (triple,) * 3
            tables["assumptions"].append(
                {"assumption": key, "team_id": team, "low": low, "base": base, "high": high,
                 "source": "test", "set_by": "client"}
            )  # fmt: skip


def add_task(tables: Tables, task_id: str, rule_share: float | None = 1.0, **decided: Any) -> None:
    """Add a canonical task with its tag; further values are what tasks.csv decided on it."""
    tables["tasks"].append({"task_id": task_id, "task_name": task_id, "origin": "decided"})
    tables["task_tags"].append(
        {"task_id": task_id, "rule_share": rule_share, "is_waiting": False,
         "nature": "undetermined" if rule_share is None else "mixed",
         "tagged_by": "offline", "confidence": 0.8}
    )  # fmt: skip
    if decided:
        tables["decision_tasks"].append({"task_id": task_id, **decided})
    for source in ("form", "timesheet", "deliverable"):
        add_label(tables, source, task_id, task_id)


def add_label(tables: Tables, source: str, label: str, task_id: str) -> None:
    """Match `label` of `source` to a task, `unmapped` or `absence`."""
    tables["task_matches"].append({"source": source, "label": label, "task_id": task_id})


def add_person(tables: Tables, person_id: str, team_id: str, **person: Any) -> None:
    """Add a person of the roster."""
    tables["people"].append({"person_id": person_id, "team_id": team_id, **person})


def add_form(
    tables: Tables, person_id: str, hours: Mapping[str, float | None], **form: Any
) -> None:
    """Add a submitted form with the weekly hours declared by label."""
    response_id = f"{person_id}-{len(tables['form_responses']):05d}"
    tables["form_responses"].append(
        {"response_id": response_id, "person_id": person_id, "wave": "baseline", **form}
    )
    tables["form_tasks"] += [
        {"response_id": response_id, "position": position, "label": label, "weekly_hours": value}
        for position, (label, value) in enumerate(hours.items(), start=1)
    ]


def add_day(tables: Tables, person_id: str, worked_on: date, hours: Mapping[str, float]) -> None:
    """Add the time entries of one person and day, by label."""
    tables["timesheet_entries"] += [
        {"entry_id": f"t{len(tables['timesheet_entries']) + number:06d}", "person_id": person_id,
         "worked_on": worked_on, "label": label, "hours": value}
        for number, (label, value) in enumerate(hours.items())
    ]  # fmt: skip


class Built:
    """A built warehouse, to be asked questions in SQL."""

    def __init__(self, warehouse: Path, results: Iterable[NodeResult]) -> None:
        """Take the DuckDB file and what dbt said of each node."""
        self.warehouse = warehouse
        self.results = list(results)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query; tables are named by schema, as in `marts.fct_baseline`."""
        with duckdb.connect(str(self.warehouse), read_only=True) as connection:
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def row(self, sql: str) -> dict[str, Any]:
        """The only row of a query."""
        (row,) = self.rows(sql)
        return row

    @property
    def failed(self) -> list[str]:
        """Names of the nodes and data tests that failed."""
        return [result.name for result in self.results if result.has_failed]


def write_tables(folder: Path, tables: Tables) -> None:
    """Write every raw and enrichment table under `folder`, empty ones too."""
    rows = {
        name: [{"engagement_id": ENGAGEMENT, **row} for row in table]
        for name, table in tables.items()
    }
    for name in RAW_TABLES:
        write_raw_table(folder / "raw", name, rows[name])
    for name in ENRICHMENT_TABLES:
        write_enrichment_table(folder / "enrichment", name, rows[name])


def build(folder: Path, tables: Tables, as_of_on: date = date(2026, 12, 31)) -> Built:
    """Write `tables` under `folder` and build them as the product does, data tests included."""
    write_tables(folder, tables)
    warehouse = folder / "warehouse.duckdb"
    inputs = BuildInputs(
        raw=folder / "raw",
        enrichment=folder / "enrichment",
        engagement_id=ENGAGEMENT,
        as_of_on=as_of_on,
        build_id="test",
    )
    statements = prepared_statements(Home(folder / "home"))
    return Built(warehouse, build_by_statements(warehouse, inputs, statements))
