"""What a model claims of a fact beside its quote: kept where somebody said it.

Belongs here: fields in words, and the closed answers that the patterns can read in the quote too.
Does not belong here: the quote, figures, tools and parties (grounding).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from llm_enrichment.extraction.direction import metrics_named, preferred
from llm_enrichment.extraction.documents import status_said
from llm_enrichment.extraction.interviews import Turn
from llm_enrichment.extraction.pains import pains_named
from llm_enrichment.extraction.toolbox import polarity_of, says_unused
from llm_enrichment.facts import Fact
from llm_enrichment.grounding import NEGATIONS
from llm_enrichment.normalise import STOP_WORDS, fold, stem, tokens
from llm_enrichment.numbers import numbers_in

_SAID_IN_TURN = (
    "detail", "documents", "object", "cause", "missing_integration", "redundant_with",
    "document_name", "owner_role",
)  # fmt: skip
# What a whole conversation is about need not be named again in each turn.
_SAID_IN_PART = ("task_phrase", "workflow")


def only_what_was_said(fact: Fact, turn: Turn, part: Iterable[Turn]) -> Fact | str:
    """Return `fact` without the words that nobody said, or why it is none: topic or status.

    Args:
        fact: as the model gave it.
        turn: that holds its quote.
        part: the turns that the model read.
    """
    here, there = _spoken([turn]), _spoken(part)
    unsaid: dict[str, Any] = {
        name: None
        for names, said in ((_SAID_IN_TURN, here), (_SAID_IN_PART, there))
        for name in names
        if not _is_said(getattr(fact, name), said)
    }
    fact = replace(fact, **unsaid)
    quote = fold(fact.evidence.quote)
    match fact.fact_type:
        case "priority_vote":
            read = preferred(quote) or fact.topic
            return "topic_not_said" if fact.topic is None or read != fact.topic else fact
        case "target":
            topic = _key(fact.topic, here, metrics_named)
            return replace(fact, topic=topic) if topic else "topic_not_said"
        case "pain_point":
            return replace(fact, topic=_key(fact.topic, here, pains_named))
        case "document":
            status = status_said(quote, fact.document_name or "") or fact.document_status
            return "status_not_said" if status != fact.document_status else fact
        case "ai_usage":
            polarity = "missing" if says_unused(quote) else polarity_of(quote) or fact.polarity
            return fact if polarity == fact.polarity else replace(fact, polarity=None)
    return fact


def _key(topic: str | None, said: str, keys_in: Callable[[str], set[str]]) -> str | None:
    """Return a topic by its key where it has one; None where nobody said it."""
    named, meant = keys_in(said), keys_in(topic or "")
    if topic in named:
        return topic
    if len(meant) == 1:
        return next(iter(meant & named), None)
    return topic if _is_said(topic, said) else None


def _spoken(turns: Iterable[Turn]) -> str:
    return "\n".join(f"{turn.question}\n{turn.text}" for turn in turns)


def _is_said(words: str | None, said: str) -> bool:
    """Whether `said` holds the content words, figures and negations of `words`, in any form."""
    if words is None:
        return True
    return _stems(words) <= _stems(said) and set(numbers_in(words)) <= set(numbers_in(said))


def _stems(text: str) -> set[str]:
    carried = (word for word in tokens(text) if word not in STOP_WORDS or word in NEGATIONS)
    return {stem(word) for word in carried if not word.isdigit()}
