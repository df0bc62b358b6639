"""Extract every family of facts from the interviews, ground each one, flag conflicts.

Belongs here: the order of the families, the check that every fact passes, the accounting of those
that do not. Does not belong here: patterns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from llm_enrichment.canonical import CanonicalTask
from llm_enrichment.extraction.conflicts import flag_conflicts
from llm_enrichment.extraction.families import FAMILIES
from llm_enrichment.extraction.interviews import Interview, Interviews
from llm_enrichment.extraction.mentions import TeamNames, ToolNames
from llm_enrichment.extraction.scope import Scope
from llm_enrichment.extraction.somebody import is_of_somebody
from llm_enrichment.facts import Fact, RejectedFact
from llm_enrichment.grounding import NotGrounded, ground, unsupported

MODEL_NAME = "offline-patterns-9"
PROMPT_VERSION = "patterns-9"


@dataclass(frozen=True)
class Extraction:
    """The facts found, and those refused."""

    facts: tuple[Fact, ...]
    rejected: tuple[RejectedFact, ...]


def extract(interviews: Interviews, tasks: Sequence[CanonicalTask]) -> Extraction:
    """Return the grounded facts of all interviews, in order of their evidence."""
    teams, tools = TeamNames(interviews.teams), ToolNames(interviews.tools)
    found: list[Fact] = []
    for interview in interviews.documents:
        scope = Scope(interview, teams, tools, tuple(tasks))
        for family in FAMILIES:
            found.extend(family(scope))
    return settle(interviews.documents, found, teams)


def settle(
    documents: Iterable[Interview],
    found: Iterable[Fact],
    teams: TeamNames,
    refused: Iterable[RejectedFact] = (),
) -> Extraction:
    """Keep what its quote carries, once per type and span; say why the rest is refused.

    `refused` are facts that were none before their quote was looked at.
    """
    texts = {
        (document.document_id, turn.turn_index): turn.text
        for document in documents
        for turn in document.turns
    }
    kept: dict[str, Fact] = {}
    rejected = list(refused)
    for fact in found:
        place = fact.evidence
        text = texts.get((place.document_id, place.turn_index), "")
        reason = _refusal(fact, text, teams)
        if reason is None:
            kept.setdefault(fact.fact_id, fact)
        else:
            rejected.append(
                RejectedFact(
                    fact.fact_type,
                    place.document_id,
                    place.turn_index,
                    place.quote,
                    reason,
                    fact.confidence,
                    fact.found_by,
                )
            )
    facts = sorted(
        flag_conflicts(kept.values()),
        key=lambda f: (
            f.evidence.document_id,
            f.evidence.turn_index,
            f.evidence.start,
            f.fact_type,
            f.fact_id,
        ),
    )
    rejected.sort(key=lambda r: (r.document_id, r.turn_index or 0, r.fact_type, r.quote, r.reason))
    return Extraction(tuple(facts), tuple(rejected))


def _refusal(fact: Fact, turn: str, teams: TeamNames) -> str | None:
    grounded = ground(fact.evidence.quote, turn)
    if isinstance(grounded, NotGrounded):
        return grounded.reason
    span = fact.evidence.start, fact.evidence.end
    if turn[slice(*span)] != fact.evidence.quote:
        return "span"
    if fact.fact_type == "baseline_number" and is_of_somebody(turn, *span, fact.figures):
        return "person"  # nobody is scored
    parties = [
        teams.names_of(party)
        for party in (fact.waiting_team_id, fact.providing_team_id)
        if party and party != fact.speaker_team_id
    ]
    return unsupported(
        turn, fact.evidence.quote, fact.figures, [fact.tool] if fact.tool else [], parties
    )
