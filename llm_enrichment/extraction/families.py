"""The families of facts, in the order in which they are looked for."""

from collections.abc import Callable, Iterator

from llm_enrichment.extraction.flows import flow_facts
from llm_enrichment.extraction.scope import Scope
from llm_enrichment.facts import Fact

FAMILIES: tuple[Callable[[Scope], Iterator[Fact]], ...] = (flow_facts,)
