"""Where a family of facts looks: one interview, and the names that may be spoken of in it."""

from collections.abc import Iterator
from dataclasses import dataclass

from llm_enrichment.canonical import CanonicalTask
from llm_enrichment.extraction.hearsay import states_nothing
from llm_enrichment.extraction.interviews import Interview, Sentence, sentences
from llm_enrichment.extraction.mentions import Mention, TeamNames, ToolNames

# Set by hand, not measured: the offline provider has no word on the certainty of a pattern.
CONFIDENCE = 0.8


@dataclass(frozen=True)
class Scope:
    """One interview with the engagement's teams, tools and tasks."""

    interview: Interview
    teams: TeamNames
    tools: ToolNames
    tasks: tuple[CanonicalTask, ...]

    def sentences(self) -> Iterator[Sentence]:
        """Yield what those who were interviewed state of the work as it is."""
        for turn in self.interview.turns:
            yield from (s for s in sentences(turn) if not states_nothing(s.text))

    def tools_of(self, sentence: Sentence) -> list[Mention]:
        """Return the tools that `sentence` names."""
        return self.tools.find(sentence.text, sentence.folded.original)
