"""The enrichment step: from a raw snapshot to the enrichment tables.

Belongs here: the order of the four jobs and the writing of their tables. Nothing reads a person's
pseudonym, so that no value or order depends on it.
Does not belong here: the jobs themselves, and making the folder appear whole (the caller).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from llm_enrichment.canonical import CanonicalTask, decided_tasks, proposed_tasks
from llm_enrichment.extraction.interviews import Interviews
from llm_enrichment.extraction.snapshot import read_interviews
from llm_enrichment.extraction.transcripts import (
    MODEL_NAME,
    PROMPT_VERSION,
    Extraction,
    extract,
)
from llm_enrichment.facts import Fact
from llm_enrichment.matching import Match, TaskMatcher
from llm_enrichment.offline import tagger as tagger_offline
from llm_enrichment.scores import propose_scores
from llm_enrichment.settings import EnrichmentError, ProviderSettings
from llm_enrichment.tables import ENRICHMENT_TABLES, write_enrichment_table
from llm_enrichment.tags import Tag

# Where each source of `task_matches` keeps its labels.
_LABELS = {
    "form": ("form_tasks", "label"),
    "timesheet": ("timesheet_entries", "label"),
    "deliverable": ("deliverables", "label"),
}


@dataclass(frozen=True)
class EnrichmentReport:
    """What one enrichment did; counts are rows of the tables written."""

    provider: str
    model: str
    calls_count: int
    cached_count: int
    failed_count: int
    cost: float | None
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Speaker:
    """Who spoke, as it stands on each row."""

    tagged_by: str
    model: str
    prompt_version: str


@dataclass(frozen=True)
class _Said:
    """What the provider said, and what it took."""

    tags: list[Tag]
    extraction: Extraction
    speaker: Speaker
    calls_count: int = 0
    cached_count: int = 0
    failed_count: int = 0
    cost: float | None = None


def enrich(
    raw: Path,
    out: Path,
    cache: Path,
    settings: ProviderSettings,
    progress: Callable[[str], None] | None = None,
) -> EnrichmentReport:
    """Tag, match, extract and propose, and write every enrichment table into `out`.

    Args:
        raw: snapshot folder of raw tables.
        out: folder to fill, one Parquet file per table.
        cache: folder of validated LLM answers, kept between runs; unused offline.
        settings: the provider.
        progress: told each step.

    Raises:
        EnrichmentError: for a snapshot that lacks a table, or a provider that cannot answer.
    """
    tell = progress or (lambda _: None)
    engagement_id = str(_read(raw, "engagement", ["engagement_id"])[0]["engagement_id"])
    tell("canonical tasks")
    decisions = _read(raw, "decision_task_map", ["source", "label", "task_id"])
    tasks = _canonical_tasks(raw, decisions)
    clients = _distinct(raw, "timesheet_entries", "client_name")
    matcher = TaskMatcher(tasks, decisions, clients)
    interviews = read_interviews(raw)
    tell(f"tagging {len(tasks)} tasks, reading {len(interviews.documents)} interviews")
    said = _ask(settings, cache, tasks, interviews, tell)
    tags = {task.task_id: tag for task, tag in zip(tasks, said.tags, strict=True)}
    matches = {}
    for source, (table, column) in _LABELS.items():
        labels = _distinct(raw, table, column)
        tell(f"matching {len(labels)} {source} labels")
        matches[source] = matcher.match(source, labels)
    phrases = sorted({fact.task_phrase for fact in said.extraction.facts if fact.task_phrase})
    matches["interview"] = matcher.match("interview", phrases)
    facts = [_linked(fact, matches["interview"]) for fact in said.extraction.facts]
    tables = _tables(engagement_id, tasks, tags, matches, facts, interviews, said)
    for table in ENRICHMENT_TABLES:
        write_enrichment_table(out, table, tables[table])
    return EnrichmentReport(
        said.speaker.tagged_by,
        said.speaker.model,
        said.calls_count,
        said.cached_count,
        said.failed_count,
        said.cost,
        {table: len(rows) for table, rows in tables.items()},
    )


def _ask(
    settings: ProviderSettings,
    cache: Path,
    tasks: Sequence[CanonicalTask],
    interviews: Interviews,
    tell: Callable[[str], None],
) -> _Said:
    names = [task.task_name for task in tasks]
    if settings.is_offline:
        offline = Speaker("offline", tagger_offline.MODEL_NAME, tagger_offline.PROMPT_VERSION)
        return _Said(tagger_offline.tag_texts(names), extract(interviews, tasks), offline)
    from llm_enrichment.llm import provider, tagger

    answers = provider.ask(settings, cache, names, interviews, tasks, tell)
    spending = answers.spending
    return _Said(
        answers.tags,
        answers.extraction,
        Speaker("llm", str(settings.model), tagger.PROMPT_VERSION),
        spending.calls_count,
        spending.cached_count,
        spending.failed_count,
        spending.cost,
    )


def _speakers(settings_model: str) -> dict[str, Speaker]:
    """Who may have found a fact."""
    from llm_enrichment.llm.extractor import PROMPT_VERSION as LLM_PROMPT_VERSION

    return {
        "offline": Speaker("offline", MODEL_NAME, PROMPT_VERSION),
        "llm": Speaker("llm", settings_model, LLM_PROMPT_VERSION),
    }


def _canonical_tasks(raw: Path, decisions: list[dict[str, Any]]) -> list[CanonicalTask]:
    decided = _read(raw, "decision_tasks", ["task_id", "task_name", "category"])
    if decided:
        return decided_tasks(decided, (row["task_id"] for row in decisions))
    declared = Counter(
        (row["label"], row["category"])
        for row in _read(raw, "form_tasks", ["label", "category"])
        if row["label"]
    )
    return proposed_tasks(sorted(declared.elements(), key=str))


def _linked(fact: Fact, matches: Mapping[str, Match]) -> Fact:
    match = matches.get(fact.task_phrase or "")
    if match is None or match.task_id in {"unmapped", "absence"}:
        return fact
    return fact.linked(match.task_id)


def _tables(
    engagement_id: str,
    tasks: Iterable[CanonicalTask],
    tags: Mapping[str, Tag],
    matches: Mapping[str, Mapping[str, Match]],
    facts: list[Fact],
    interviews: Interviews,
    said: _Said,
) -> dict[str, list[dict[str, Any]]]:
    tasks = list(tasks)
    speakers = _speakers(said.speaker.model)
    tables: dict[str, list[dict[str, Any]]] = {
        "tasks": [vars(task) for task in tasks],
        "task_tags": [{"task_id": t.task_id} | vars(tags[t.task_id]) for t in tasks],
        "task_matches": [
            {"source": source, "label": label} | vars(match)
            for source in sorted(matches)
            for label, match in sorted(matches[source].items())
        ],
        "facts": [
            fact.values()
            | vars(interviews.context(fact.evidence))
            | {
                "fact_id": fact.fact_id,
                "document_id": fact.evidence.document_id,
                "turn_index": fact.evidence.turn_index,
                "char_start": fact.evidence.start,
                "char_end": fact.evidence.end,
                "quote": fact.evidence.quote,
                "confidence": fact.confidence,
            }
            | vars(speakers[fact.found_by])
            for fact in facts
        ],
        "rejected_facts": [
            {k: v for k, v in vars(rejected).items() if k != "found_by"}
            | vars(speakers[rejected.found_by])
            for rejected in said.extraction.rejected
        ],
        "score_proposals": [
            vars(score) | vars(said.speaker) for score in propose_scores(tasks, tags, facts)
        ],
        "enrichment_run": [
            {
                "provider": said.speaker.tagged_by,
                "model": said.speaker.model,
                "prompt_version": said.speaker.prompt_version,
                "calls_count": said.calls_count,
                "cached_count": said.cached_count,
                "cost": said.cost,
            }
        ],
    }
    return {
        table: [{"engagement_id": engagement_id} | row for row in rows]
        for table, rows in tables.items()
    }


def _read(raw: Path, table: str, columns: list[str]) -> list[dict[str, Any]]:
    path = raw / f"{table}.parquet"
    if not path.is_file():
        raise EnrichmentError(f"the raw snapshot has no table {table}; run the ingestion again")
    rows: list[dict[str, Any]] = pq.read_table(path, columns=columns).to_pylist()
    return rows


def _distinct(raw: Path, table: str, column: str) -> list[str]:
    path = raw / f"{table}.parquet"
    if not path.is_file():
        raise EnrichmentError(f"the raw snapshot has no table {table}; run the ingestion again")
    labels = pq.read_table(path, columns=[column])[column].unique().to_pylist()
    return sorted(label for label in labels if label is not None)
