"""The families of facts, in the order in which they are looked for."""

from collections.abc import Callable, Iterator

from llm_enrichment.extraction.direction import direction_facts
from llm_enrichment.extraction.documents import document_facts
from llm_enrichment.extraction.figures import figure_facts
from llm_enrichment.extraction.flows import flow_facts
from llm_enrichment.extraction.gaps import gap_facts
from llm_enrichment.extraction.pains import pain_facts
from llm_enrichment.extraction.scope import Scope
from llm_enrichment.extraction.toolbox import toolbox_facts
from llm_enrichment.extraction.voices import voice_facts
from llm_enrichment.extraction.workflow import workflow_facts
from llm_enrichment.facts import Fact

FAMILIES: tuple[Callable[[Scope], Iterator[Fact]], ...] = (
    workflow_facts,
    flow_facts,
    gap_facts,
    toolbox_facts,
    document_facts,
    figure_facts,
    voice_facts,
    pain_facts,
    direction_facts,
)
