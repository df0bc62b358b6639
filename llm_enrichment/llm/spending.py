"""What calls cost, and the budget that no call may go beyond.

Belongs here: prices, counts, the check before a call. Does not belong here: calling.
"""

from dataclasses import dataclass, field

from llm_enrichment.settings import EnrichmentError, ProviderSettings

_MILLION = 1_000_000
# Of a text nobody has counted: agency French takes about four characters a token.
_CHARACTERS_PER_TOKEN = 3
_EXPECTED_ANSWER_SHARE = 0.5


class BudgetSpent(EnrichmentError):
    """The next call could go beyond the budget; what was answered is kept."""


@dataclass(frozen=True)
class Usage:
    """Tokens of one answer."""

    input_tokens: int = 0
    output_tokens: int = 0


@dataclass
class Spending:
    """Calls and cost of one run, in the engagement's currency."""

    settings: ProviderSettings
    calls_count: int = 0
    cached_count: int = 0
    failed_count: int = 0
    usage: Usage = field(default_factory=Usage)
    _open: list[Usage] = field(default_factory=list)
    _longest_answer: int = 0

    def __post_init__(self) -> None:
        """Refuse a budget that nothing can be held against."""
        if self.settings.budget is not None and not self.settings.prices:
            raise EnrichmentError(
                "engagement.yaml, llm.budget: a budget needs llm.prices (input and output, per"
                " million tokens) to be held against; add them or remove the budget"
            )

    @property
    def cost(self) -> float | None:
        """Cost so far; None where no prices are known."""
        return self._price(self.usage) if self.settings.prices else None

    def reserve(self, characters: int) -> Usage:
        """Return what a call of so many characters may use, set aside before it is made.

        An answer may be as long as the longest that came in this run.

        Raises:
            BudgetSpent: where it could go beyond the budget.
        """
        tokens = characters // _CHARACTERS_PER_TOKEN + 1
        expected = Usage(tokens, int(tokens * _EXPECTED_ANSWER_SHARE) + 1)
        budget, cost = self.settings.budget, self.cost or 0.0
        if budget is not None and cost + sum(map(self._most, [*self._open, expected])) > budget:
            raise BudgetSpent(
                f"the budget of {budget:g} (engagement.yaml, llm.budget) allows no further call: "
                f"{cost:.4f} spent in {self.calls_count} calls; what was answered is kept. Raise "
                "llm.budget and run again, which pays for the rest only, or remove `llm`"
            )
        self._open.append(expected)
        return expected

    def settle(self, expected: Usage, used: Usage) -> None:
        """Replace what was set aside by what the call used."""
        self._open.remove(expected)
        self.calls_count += 1
        self._longest_answer = max(self._longest_answer, used.output_tokens)
        self.usage = Usage(
            self.usage.input_tokens + used.input_tokens,
            self.usage.output_tokens + used.output_tokens,
        )

    def _most(self, expected: Usage) -> float:
        longest = max(expected.output_tokens, self._longest_answer)
        return self._price(Usage(expected.input_tokens, longest))

    def _price(self, usage: Usage) -> float:
        prices = self.settings.prices or {}
        return (
            usage.input_tokens * float(prices.get("input", 0))
            + usage.output_tokens * float(prices.get("output", 0))
        ) / _MILLION
