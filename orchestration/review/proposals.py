"""What the last build proposes, as rows of the review workbook, most doubtful hours first.

Belongs here: reading one build's warehouse, laying what is decided over it, the order of the rows.
Does not belong here: formulas (dbt_project); hours, scores and ranks are taken as they stand there.
True teams and tasks, not folded ones: the workbook stays with the consultants.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from ingestion.people_csv import Row
from orchestration.review.sheets import SHEETS, Cells, ReviewRow, Sheet

# Below this a label of the offline provider is wrong about one time in three (docs/enrichment.md).
LOW_CONFIDENCE = 0.7
# Every tenth task is looked at whatever its confidence, so that agreement is measured on all.
SAMPLED_PER_TEN = 1

_TASKS = """
    with quotes as (
        select subject_id as task_id, string_agg('« ' || quote || ' »', ' ' order by place) as quote
        from (
            select subject_id, quote,
                row_number() over (
                    partition by subject_id
                    order by source_kind <> 'interview', length(quote) desc, evidence_id
                ) as place
            from intermediate.int_evidence_gathered
            -- Counted rows are no quotes.
            where subject_type = 'task' and source_kind in ('interview', 'form')
                and origin <> 'rows' and quote is not null
        )
        where place <= 2
        group by subject_id
    ),
    tasks as (
        select tasks.engagement_id, tasks.task_id, tasks.task_name, tasks.category, tasks.origin,
            hours.main_team_id, hours.calibrated_weekly_hours as weekly_hours, quotes.quote
        from staging.stg_enrichment__tasks as tasks
        left join intermediate.int_task_hours_shared as hours using (engagement_id, task_id)
        left join quotes using (task_id)
    )
"""
# Columns before `beside` are cells of the decision file; the others stand beside them.
_QUERIES = {
    "tags": f"""
        {_TASKS}
        select task_id, tags.nature, tags.rule_share,
            case when tags.is_waiting then 'yes' else 'no' end as is_waiting,
            null as beside,
            tasks.task_name, tags.nature as proposed_nature, tags.confidence,
            tags.tagged_by as proposed_by, tags.reason as proposed_because, tasks.weekly_hours,
            tasks.weekly_hours * (1 - tags.confidence * (tags.nature <> 'undetermined')::int)
                as hours_in_doubt,
            case
                when tags.nature = 'undetermined' then 'abstained'
                -- A model's confidence is the share of voices that agree, the offline one's too.
                when tags.tagged_by = 'llm' and tags.confidence < 1 then 'disagreement'
                when tags.confidence < {LOW_CONFIDENCE} then 'low confidence'
                when md5_number_lower(task_id) % 10 < {SAMPLED_PER_TEN} then 'random sample'
            end as in_queue_as,
            tasks.quote
        from staging.stg_enrichment__task_tags as tags
        inner join tasks using (task_id)
    """,
    "task_map": """
        with amounts as (
            select 'timesheet' as source, label,
                sum(hours) / (
                    select count(distinct date_trunc('week', worked_on))
                    from intermediate.int_timesheet_entries_as_of
                ) as weekly_hours
            from intermediate.int_timesheet_entries_as_of
            group by label
            union all
            select 'form', label, sum(weekly_hours)
            from staging.stg_raw__form_tasks
            group by label
        )
        select source, label,
            case when task_id = 'unmapped' then proposed_task_id else task_id end as task_id,
            null as beside,
            case when task_id = 'unmapped' then proposed_task_id else task_id end
                as proposed_task_id,
            case
                when task_id = 'unmapped' and matched_by <> 'decision' then 'guess, not used'
                else matched_by
            end as proposed_by,
            confidence, weekly_hours,
            weekly_hours * case
                when task_id = 'unmapped' and matched_by <> 'decision' then 1
                else 1 - confidence
            end as hours_in_doubt
        from staging.stg_enrichment__task_matches
        left join amounts using (source, label)
        order by weekly_hours desc nulls last
    """,
    "tasks": f"""
        {_TASKS}
        select task_id, tasks.task_name, tasks.category,
            null as beside,
            tasks.origin, decided.nature, decided.gain_low as gain_low_now,
            decided.gain_base as gain_base_now, decided.gain_high as gain_high_now,
            decided.eligible_share as eligible_share_now, matrix.quadrant,
            matrix.rank as quick_win_rank, roadmap.horizon as horizon_by_rule,
            tasks.weekly_hours,
            -- Nobody looked at a proposed task; a gain that is not its own is its nature's default.
            tasks.weekly_hours * case
                when tasks.origin = 'proposed' then 1 when decided.has_own_gain then 0 else 0.5
            end as hours_in_doubt,
            tasks.quote
        from tasks
        left join intermediate.int_tasks_decided as decided using (task_id)
        left join intermediate.int_matrix_scored as matrix using (task_id)
        left join intermediate.int_roadmap_placed as roadmap using (task_id)
    """,
    "scores": f"""
        {_TASKS},
        scored as (
            select tasks.*, scored.criterion, scored.position, scored.axis,
                case
                    when scored.scored_by = 'computed' then scored.score
                    when not criteria.is_computed then proposals.score
                end as proposed_score,
                case when criteria.is_computed then 'computed' else proposals.tagged_by end
                    as proposed_by,
                proposals.reason as proposed_because, scored.raters_count,
                scored.raters_difference,
                case
                    -- Four points is as far as two scores can be apart.
                    when scored.raters_count > 0 then scored.raters_difference / 4
                    when criteria.is_computed then 0
                    else 1 - coalesce(proposals.confidence, 0)
                end as doubt
            from intermediate.int_criteria_scored as scored
            inner join tasks using (task_id)
            inner join seeds.matrix_criteria as criteria using (criterion)
            left join staging.stg_enrichment__score_proposals as proposals
                using (task_id, criterion)
        )
        select task_id, criterion, proposed_score as score,
            null as beside,
            task_name, axis, proposed_score, case when proposed_score is not null then proposed_by
            end as proposed_by, proposed_because, raters_count, raters_difference, weekly_hours,
            weekly_hours * doubt as hours_in_doubt, quote
        from scored
        order by position
    """,
    "interventions": f"""
        {_TASKS}
        select task_id as intervention_id, task_id, matrix.main_team_id as team,
            decided.gain_base as planned_gain, matrix.owner, matrix.deadline,
            null as beside,
            tasks.task_name, 'selected quick win without an intervention' as proposed_because,
            tasks.weekly_hours, tasks.weekly_hours as hours_in_doubt, tasks.quote
        from intermediate.int_matrix_scored as matrix
        inner join intermediate.int_tasks_decided as decided using (task_id)
        inner join tasks using (task_id)
        where matrix.is_selected and matrix.main_team_id is not null
    """,
    "approvals": """
        select 'publication' as what, ? as subject,
            null as beside,
            draft_reason as draft_because
        from intermediate.int_publication_state
    """,
}


def review_rows(
    warehouse: Path, month: str, decided: Mapping[str, Sequence[Row]]
) -> dict[str, list[ReviewRow]]:
    """The rows of every sheet.

    Args:
        warehouse: DuckDB file of one build, with every intermediate model.
        month: YYYY-MM as of which it looks.
        decided: the rows of each decision file as they are now.
    """
    rows: dict[str, list[ReviewRow]] = {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name, sheet in SHEETS.items():
            cursor = connection.execute(_QUERIES[name], [month] if name == "approvals" else [])
            columns = [description[0] for description in cursor.description or []]
            split = columns.index("beside")
            proposals = [
                (
                    {c: _text(v) for c, v in zip(columns[:split], record, strict=False)},
                    dict(zip(columns[split + 1 :], record[split + 1 :], strict=True)),
                )
                for record in cursor.fetchall()
            ]
            rows[name] = _ordered(sheet, _overlaid(sheet, proposals, decided[name]))
    return rows


def _overlaid(
    sheet: Sheet, proposals: Iterable[tuple[Cells, dict[str, Any]]], decided: Sequence[Row]
) -> list[ReviewRow]:
    """Proposals, with what is decided in the place of what is proposed."""
    existing: dict[tuple[str, ...], list[Row]] = {}
    for row in decided:
        existing.setdefault(sheet.subject_of(row.cells), []).append(row)
    rows: list[ReviewRow] = []
    shown: set[tuple[str, ...]] = set()
    beside: dict[str, Any] = {}
    for cells, beside in proposals:
        subject = sheet.subject_of(cells)
        if subject in shown:
            continue  # a label in another spelling: one decision holds for both
        shown.add(subject)
        rows += [ReviewRow(row.cells, beside, True) for row in existing.get(subject, [])]
        # Whoever else wants to score finds a free row; any other question is answered once.
        if sheet.name == "scores" or subject not in existing:
            rows.append(ReviewRow(cells, beside, False))
    blank = dict.fromkeys(beside)
    rows += [
        ReviewRow(row.cells, blank, True)
        for row in decided
        if sheet.subject_of(row.cells) not in shown
    ]
    return rows


def _ordered(sheet: Sheet, rows: list[ReviewRow]) -> list[ReviewRow]:
    """Most doubtful hours first, what is decided last; raters of one score stay together."""

    def place(row: ReviewRow) -> tuple[bool, float, float]:
        is_settled = row.is_decided and sheet.name != "scores"
        confidence = row.beside.get("confidence")
        return (
            is_settled,
            -(row.beside.get("hours_in_doubt") or 0.0),
            1.0 if confidence is None else confidence,
        )

    return sorted(rows, key=place)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)
