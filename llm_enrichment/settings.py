"""Which provider enriches, and the error that enrichment raises for what a user can mend.

Belongs here: the values that orchestration hands over from config and environment.
Does not belong here: reading either of them, or what a provider does with them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class EnrichmentError(Exception):
    """Something that a user can mend; the message says what and how."""


class ProviderUnavailable(EnrichmentError):
    """The endpoint cannot be used now; running again is safe."""


class Nature(StrEnum):
    """What a task asks of who does it; the rubric is in docs/enrichment.md."""

    HUMAN_VALUE = "human_value"
    RULE_BASED = "rule_based"
    MIXED = "mixed"
    UNDETERMINED = "undetermined"


class Mode(StrEnum):
    """Whether the model may be called, or only answers already paid for are read."""

    LIVE = "live"
    REPLAY = "replay"


@dataclass(frozen=True)
class ProviderSettings:
    """The provider; without `model` it is the offline one, which needs no key and no network.

    What is left out of `repr` changes no answer; the rest names an enrichment.

    Attributes:
        base_url: of an OpenAI-compatible endpoint; None is that of the `openai` package.
        model: model name at that endpoint; None means offline.
        api_key: key of the endpoint; a local endpoint may ignore it.
        budget: most that one run may cost, in the engagement's currency; None is unlimited.
        prices: cost of a million tokens in the engagement's currency, keys `input`, `output` and
            `on` (the date of the prices, ISO).
        mode: live, or replay, which fails on an answer that is not in the cache.
        concurrency: most calls in flight.
        timeout_s: seconds after which a call counts as failed.
        forbidden_terms: names and e-mails that must never leave; a body that holds one is not sent.
    """

    base_url: str | None = None
    model: str | None = None
    api_key: str | None = field(default=None, repr=False)
    budget: float | None = field(default=None, repr=False)
    prices: Mapping[str, float | str] | None = None
    mode: Mode = field(default=Mode.LIVE, repr=False)
    concurrency: int = field(default=8, repr=False)
    timeout_s: float = field(default=60.0, repr=False)
    forbidden_terms: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_offline(self) -> bool:
        """Whether no endpoint is configured."""
        return self.model is None


OFFLINE = ProviderSettings()
