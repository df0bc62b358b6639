"""The `sources` block of engagement.yaml and the sidecar of a transcript.

Belongs here: how files are to be read. Does not belong here: which file a rule matches
(source_matching), reading itself (readers).
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from ingestion.config_types import Day, Key, Strict, Text
from ingestion.folding import folded_key


class TableSource(Strict):
    """How files of forms, timesheets or deliverables are read. The last matching rule wins."""

    match: Text
    tool: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")] = "auto"
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    layout: Literal["long", "wide"] | None = None
    columns: dict[str, Text] | None = None
    wave: Literal["baseline", "followup"] = "baseline"
    number_style: Literal["comma", "dot"] | None = None
    duration_unit: Literal["hours", "minutes", "seconds", "days"] | None = None
    hours_per_day: Annotated[float, Field(gt=0, le=24)] | None = None


class Phase(StrEnum):
    """Of the method: who was heard."""

    ALIGNMENT = "alignment"
    DEEP_DIVE = "deep_dive"
    IMMERSION = "immersion"


_PHASE_NAMES = {
    "1": Phase.ALIGNMENT, "alignment": Phase.ALIGNMENT, "alignement": Phase.ALIGNMENT,
    "comex": Phase.ALIGNMENT, "codir": Phase.ALIGNMENT, "committee": Phase.ALIGNMENT,
    "comite": Phase.ALIGNMENT, "comite_de_direction": Phase.ALIGNMENT,
    "executive_committee": Phase.ALIGNMENT,
    "2": Phase.DEEP_DIVE, "deep_dive": Phase.DEEP_DIVE, "directors": Phase.DEEP_DIVE,
    "director": Phase.DEEP_DIVE, "directeurs": Phase.DEEP_DIVE, "directeur": Phase.DEEP_DIVE,
    "direction": Phase.DEEP_DIVE,
    "3": Phase.IMMERSION, "immersion": Phase.IMMERSION, "equipes": Phase.IMMERSION,
    "equipe": Phase.IMMERSION, "team": Phase.IMMERSION, "teams": Phase.IMMERSION,
}  # fmt: skip


def _phase(value: Any) -> Any:
    folded = folded_key(str(value)).replace(" ", "_").removeprefix("phase_")
    if folded not in _PHASE_NAMES:
        raise ValueError("must be alignment (1), deep_dive (2) or immersion (3)")
    return _PHASE_NAMES[folded]


class SpeakerRole(Strict):
    """A speaker who is described instead of named; `interviewer` is the consultant."""

    role: Text
    team: Key | None = None


class TranscriptAbout(Strict):
    """What a transcript does not say of itself; also the content of its sidecar file."""

    phase: Annotated[Phase | None, BeforeValidator(lambda v: v if v is None else _phase(v))] = None
    date: Day | None = None
    speakers: dict[str, Text | SpeakerRole] = Field(default_factory=dict)
    quote_consent: bool | None = None
    language: Literal["fr", "en"] | None = None


class TranscriptSource(TranscriptAbout):
    """The same for files that match."""

    match: Text | None = None
    file: Text | None = None

    @model_validator(mode="after")
    def _one_pattern(self) -> "TranscriptSource":
        if (self.match is None) == (self.file is None):
            raise ValueError("needs either match (a pattern) or file (a name)")
        return self

    @property
    def pattern(self) -> str:
        """The pattern, under either name."""
        return self.match or self.file or ""


class Sources(Strict):
    """Rules for reading the inbox."""

    forms: list[TableSource] = Field(default_factory=list)
    timesheets: list[TableSource] = Field(default_factory=list)
    deliverables: list[TableSource] = Field(default_factory=list)
    transcripts: list[TranscriptSource] = Field(default_factory=list)
