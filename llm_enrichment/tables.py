"""The enrichment tables: names, columns and types, the contract with dbt and with reviewers.

One Parquet file per table in an enrichment folder, `<table>.parquet`; a table without rows is
written too. Proposals only: what people decided stays in the raw `decision_*` tables and is laid
over the proposals in dbt (labels in `task_matches` excepted, which already obey task_map.csv).
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

STR, INT, NUM, BOOL = pa.string(), pa.int32(), pa.float64(), pa.bool_()


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([("engagement_id", STR), *columns.items()])


# Who spoke: provider `offline` or `llm`, its model and prompt versions, its confidence 0–1.
_SPOKEN = {"tagged_by": STR, "model": STR, "prompt_version": STR, "confidence": NUM}

FACT_TYPES = (
    "workflow_step",
    "dependency",
    "blockage",
    "tool_use",
    "ai_usage",
    "wish",
    "baseline_number",
    "document",
    "champion_signal",
    "priority_vote",
    "target",
    "pain_point",
    "collaboration_gap",
    "bandwidth_answer",
)

ENRICHMENT_TABLES: dict[str, pa.Schema] = {
    # One row per canonical task. origin: decided (tasks.csv) | proposed (from labels).
    "tasks": _schema(task_id=STR, task_name=STR, category=STR, origin=STR),
    # One row per canonical task: the provider's tag. nature: human_value | rule_based | mixed |
    # undetermined; rule_share 0–1, null where undetermined.
    "task_tags": _schema(
        task_id=STR, nature=STR, rule_share=NUM, is_waiting=BOOL, **_SPOKEN, reason=STR
    ),
    # One row per source (form | timesheet | deliverable | interview) and distinct raw label.
    # task_id: a canonical task, `unmapped` or `absence`. matched_by: decision | exact | offline
    # | llm. proposed_task_id: a guess too weak to be used, for the review queue.
    "task_matches": _schema(
        source=STR, label=STR, task_id=STR, confidence=NUM, matched_by=STR, proposed_task_id=STR
    ),
    # One row per grounded fact; the span is in characters of the turn's text, end excluded.
    # Columns that a fact type does not use are null:
    #   workflow_step: workflow, step_order, detail (the step), nature, tool, documents
    #   dependency, collaboration_gap: waiting_team_id, providing_team_id, object, wait_hours
    #   blockage: waiting_team_id, providing_team_id, object, cause, severity, wait_hours
    #   tool_use: tool, satisfaction (1–5), is_imposed, missing_integration, redundant_with
    #   ai_usage: tool, polarity (works | missing), detail      wish: detail, task_id
    #   baseline_number: number_value, unit, object             champion_signal: detail
    #   document: document_name, document_kind (process | template | history | knowledge | other),
    #             document_status (exists | obsolete | oral | missing), owner_role
    #   priority_vote: topic = productivity | growth | margin   pain_point: topic, detail
    #   target: topic (margin_rate | revenue | headcount | ...), number_value, unit, horizon_months
    #   bandwidth_answer: topic = projects | freelancers | quality | other, detail
    "facts": _schema(
        fact_id=STR,
        fact_type=STR,
        document_id=STR,
        turn_index=INT,
        char_start=INT,
        char_end=INT,
        quote=STR,
        phase=STR,
        team_id=STR,
        role=STR,
        task_id=STR,
        topic=STR,
        detail=STR,
        workflow=STR,
        step_order=INT,
        nature=STR,
        tool=STR,
        documents=STR,
        waiting_team_id=STR,
        providing_team_id=STR,
        object=STR,
        cause=STR,
        severity=INT,
        wait_hours=NUM,
        satisfaction=INT,
        is_imposed=BOOL,
        missing_integration=STR,
        redundant_with=STR,
        polarity=STR,
        number_value=NUM,
        unit=STR,
        horizon_months=NUM,
        document_name=STR,
        document_kind=STR,
        document_status=STR,
        owner_role=STR,
        has_conflict=BOOL,
        **_SPOKEN,
    ),
    "rejected_facts": _schema(
        fact_type=STR, document_id=STR, turn_index=INT, quote=STR, reason=STR, **_SPOKEN
    ),
    # One row per task and criterion that the provider can argue for. score 1–5.
    "score_proposals": _schema(task_id=STR, criterion=STR, score=NUM, reason=STR, **_SPOKEN),
    # One row: what this enrichment was. cost in the engagement's currency, null where unpriced.
    "enrichment_run": _schema(
        provider=STR, model=STR, prompt_version=STR, calls_count=INT, cached_count=INT, cost=NUM
    ),
}


def write_enrichment_table(folder: Path, table: str, rows: Iterable[Mapping[str, Any]]) -> Path:
    """Write `rows` as enrichment table `table` into `folder`; a missing column is null.

    Raises:
        KeyError: for a table or a column that is not in the contract.
    """
    schema = ENRICHMENT_TABLES[table]
    rows = [dict(row) for row in rows]
    for row in rows:
        if unknown := row.keys() - set(schema.names):
            raise KeyError(f"{table} has no column {sorted(unknown)}")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)
    return path
