"""Propose matrix scores where something can be argued for them, each with its reason.

Transparent rules from the tag, the tools, the documents and what interviews say of a task. A
criterion with no argument gets no row. `faster` is computed in dbt and never proposed.
Does not belong here: impact, ease, caps and quadrants (dbt_project).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from llm_enrichment.canonical import CanonicalTask
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold
from llm_enrichment.settings import Nature
from llm_enrichment.tags import Tag

_HIGH_RULE_SHARE = 0.8
_SENSITIVE = re.compile(
    r"\b(?:paie|payroll|salair\w*|salar\w*|contrat\w*|contract\w*|juridi\w*|legal\w*|licenci\w*|"
    r"sante|health|medical\w*|candidat\w*|cv|recrut\w*|entretien\w* annuel\w*|appraisal\w*|"
    r"virement\w*|tva|vat|crise|crisis|donnees personnelles|personal data|rgpd|gdpr)\b"
)
_DOCUMENT_SCORES = {"exists": 4.0, "obsolete": 3.0, "oral": 2.0, "missing": 2.0}
_MANY_VERSIONS = 4


@dataclass(frozen=True)
class ScoreProposal:
    """One argued score, 1–5, higher is better."""

    task_id: str
    criterion: str
    score: float
    reason: str
    confidence: float


def propose_scores(
    tasks: Sequence[CanonicalTask], tags: Mapping[str, Tag], facts: Iterable[Fact]
) -> list[ScoreProposal]:
    """Return what can be argued for each task, ordered by task and criterion."""
    by_task: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.task_id:
            by_task.setdefault(fact.task_id, []).append(fact)
    proposals = [
        proposal
        for task in tasks
        for proposal in _of_task(task, tags[task.task_id], by_task.get(task.task_id, []))
    ]
    return sorted(proposals, key=lambda p: (p.task_id, p.criterion))


def _of_task(task: CanonicalTask, tag: Tag, facts: Sequence[Fact]) -> Iterator[ScoreProposal]:
    def propose(criterion: str, score: float, reason: str) -> ScoreProposal:
        return ScoreProposal(task.task_id, criterion, score, reason, tag.confidence)

    documents = [f.document_status for f in facts if f.document_status in _DOCUMENT_SCORES]
    if documents:
        worst = min(documents, key=lambda status: (_DOCUMENT_SCORES[status], status))
        yield propose("data", _DOCUMENT_SCORES[worst], f"interviews: a document is {worst}")
    if any(f.missing_integration for f in facts):
        yield propose("integration", 2, "interviews: an integration between tools is missing")
    versions = [
        f.number_value for f in facts if f.unit == "versions" and f.number_value is not None
    ]
    if versions and max(versions) >= _MANY_VERSIONS:
        yield propose(
            "better", 4, f"interviews: up to {max(versions):g} versions before validation"
        )
    if tag.nature is Nature.UNDETERMINED or tag.rule_share is None or tag.is_waiting:
        return
    if not versions and tag.nature is Nature.HUMAN_VALUE:
        yield propose("better", 2, "the quality rests on judgement that a tool does not bring")
    if tag.nature is Nature.RULE_BASED:
        yield propose("consistent", 4, "one rule should give one result, whoever applies it")
    elif tag.nature is Nature.HUMAN_VALUE:
        yield propose("consistent", 2, "two good answers may rightly differ")
    else:
        yield propose("consistent", 3, "its execution part should not vary, its judgement may")
    if tag.nature is Nature.HUMAN_VALUE:
        yield propose("solution", 2, "little of it is execution that existing tools take over")
    elif tag.rule_share >= _HIGH_RULE_SHARE:
        yield propose("solution", 4, f"rules are about {tag.rule_share:.0%} of its time")
    else:
        yield propose("solution", 3, f"rules are about {tag.rule_share:.0%} of its time")
    if _SENSITIVE.search(fold(task.task_name)):
        yield propose("risk", 2, "its name says personal, legal or payment matters")
    elif tag.nature is Nature.RULE_BASED:
        yield propose("risk", 4, "a result can be checked against the rule")
    elif tag.nature is Nature.HUMAN_VALUE:
        yield propose("risk", 2, "nobody can check the result against a rule")
    else:
        yield propose("risk", 3, "part of the result needs a person's check")
    if tag.nature is Nature.RULE_BASED and "exists" in documents and len(set(documents)) == 1:
        yield propose("horizon", 4, "the rule exists in writing")
    elif {"oral", "missing"} & set(documents):
        yield propose("horizon", 2, "the rule has to be written down first")
