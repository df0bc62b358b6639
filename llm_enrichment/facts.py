"""One fact from a transcript with its evidence; the columns of `facts` that vary by type."""

import hashlib
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Evidence:
    """Where a fact stands: characters `start`..`end` (excluded) of one turn's text."""

    document_id: str
    turn_index: int
    start: int
    end: int
    quote: str


_NOT_COLUMNS = {"evidence", "task_phrase", "confidence", "speaker_team_id", "figures", "found_by"}


@dataclass(frozen=True)
class Fact:
    """One grounded fact; llm_enrichment/tables.py says which columns a type uses.

    `task_phrase` is what the speaker called the task, to be matched; `speaker_team_id` the party
    that "we" stands for; `figures` every number that the fact rests on, as it was said; `found_by`
    the provider, `offline` or `llm`.
    """

    fact_type: str
    evidence: Evidence
    confidence: float
    task_id: str | None = None
    task_phrase: str | None = None
    topic: str | None = None
    detail: str | None = None
    workflow: str | None = None
    step_order: int | None = None
    nature: str | None = None
    tool: str | None = None
    documents: str | None = None
    waiting_team_id: str | None = None
    providing_team_id: str | None = None
    object: str | None = None
    cause: str | None = None
    severity: int | None = None
    wait_hours: float | None = None
    satisfaction: int | None = None
    is_imposed: bool | None = None
    missing_integration: str | None = None
    redundant_with: str | None = None
    polarity: str | None = None
    number_value: float | None = None
    unit: str | None = None
    horizon_months: float | None = None
    document_name: str | None = None
    document_kind: str | None = None
    document_status: str | None = None
    owner_role: str | None = None
    has_conflict: bool = False
    speaker_team_id: str | None = None
    figures: tuple[float, ...] = ()
    found_by: str = "offline"

    @property
    def fact_id(self) -> str:
        """A name that the same type at the same place always gets."""
        evidence = self.evidence
        place = "|".join(
            (
                self.fact_type,
                evidence.document_id,
                str(evidence.turn_index),
                str(evidence.start),
                str(evidence.end),
                self.tool or "",
                self.topic or "",
                self.document_name or "",
                self.providing_team_id or "",
                "" if self.number_value is None else f"{self.number_value:g}",
            )
        )
        return hashlib.sha256(place.encode()).hexdigest()[:20]

    def values(self) -> dict[str, Any]:
        """Return the columns that stand in the table under the same name."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in _NOT_COLUMNS
        }

    def linked(self, task_id: str | None) -> "Fact":
        """Return this fact, linked to a canonical task."""
        return replace(self, task_id=task_id)


@dataclass(frozen=True)
class RejectedFact:
    """A fact that its quote does not carry, with the reason."""

    fact_type: str
    document_id: str
    turn_index: int | None
    quote: str
    reason: str
    confidence: float
    found_by: str = "offline"
