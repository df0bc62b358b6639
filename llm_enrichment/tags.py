"""What a provider says of one task text."""

from dataclasses import dataclass, replace

from llm_enrichment.settings import Nature


@dataclass(frozen=True)
class Tag:
    """One label with who gave it; see the rubric in docs/enrichment.md.

    Attributes:
        nature: the label; undetermined means that the provider abstained.
        rule_share: part of the task's time that is execution of rules, 0–1; null if undetermined.
        is_waiting: whether the task is waiting or chasing.
        confidence: calibrated probability of the label, or share of votes equal to it, 0–1.
        tagged_by: `offline` or `llm`.
        model: name and version of who spoke.
        prompt_version: version of the rubric or prompt.
        reason: one sentence.
    """

    nature: Nature
    rule_share: float | None
    is_waiting: bool
    confidence: float
    tagged_by: str
    model: str
    prompt_version: str
    reason: str

    @classmethod
    def abstained(
        cls, model: str, prompt_version: str, reason: str, confidence: float = 1.0
    ) -> "Tag":
        """Return the tag of a text that the offline provider does not label."""
        return cls(
            Nature.UNDETERMINED, None, False, confidence, "offline", model, prompt_version, reason
        )

    def of_a_part(self) -> "Tag":
        """Return this tag, saying that not all of the text was read."""
        return replace(
            self, reason=f"{self.reason}; other words or orders in the text were left out"
        )
