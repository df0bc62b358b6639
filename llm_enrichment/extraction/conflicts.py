"""Facts that contradict one another are kept, and flagged."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from llm_enrichment.facts import Fact
from llm_enrichment.normalise import label_key


def flag_conflicts(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts; those of one subject with different values carry `has_conflict`."""
    facts = list(facts)
    values: dict[tuple[str, ...], set[object]] = defaultdict(set)
    for fact in facts:
        if subject := _subject(fact):
            values[subject[0]].add(subject[1])
    return [
        replace(fact, has_conflict=True)
        if (subject := _subject(fact)) and len(values[subject[0]]) > 1
        else fact
        for fact in facts
    ]


def _subject(fact: Fact) -> tuple[tuple[str, ...], object] | None:
    """Return what the fact speaks of and what it says of it, where one subject has one value."""
    match fact.fact_type:
        case "target" if fact.topic:
            return (fact.fact_type, fact.topic, fact.unit or ""), fact.number_value
        case "document" if fact.document_name and fact.document_status:
            return (fact.fact_type, label_key(fact.document_name)), fact.document_status
        case "tool_use" if fact.tool and fact.is_imposed is not None:
            return (fact.fact_type, label_key(fact.tool)), fact.is_imposed
        case "ai_usage" if fact.tool and fact.polarity:
            return (fact.fact_type, label_key(fact.tool)), fact.polarity
        case "baseline_number" if fact.task_phrase or fact.object:
            subject = label_key(fact.task_phrase or fact.object or "")
            return (fact.fact_type, subject, fact.unit or ""), fact.number_value
        case "priority_vote":
            place = fact.evidence
            return (fact.fact_type, place.document_id), fact.topic
    return None
