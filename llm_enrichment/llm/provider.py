"""One run of the LLM provider: opened, asked, closed, and what it cost.

Belongs here: the event loop, the preflight, the order of the jobs. Does not belong here: the jobs.
"""

import asyncio
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from llm_enrichment.canonical import CanonicalTask
from llm_enrichment.extraction.interviews import Interviews
from llm_enrichment.extraction.transcripts import Extraction
from llm_enrichment.llm import extractor, tagger
from llm_enrichment.llm.asking import Asker
from llm_enrichment.llm.cache import Cache
from llm_enrichment.llm.endpoint import CallFailed, Endpoint
from llm_enrichment.llm.preflight import abilities
from llm_enrichment.llm.spending import Spending
from llm_enrichment.settings import ProviderSettings, ProviderUnavailable
from llm_enrichment.tags import Tag

_COLLECTED_AFTER = (50_000, 20, 50)


@dataclass(frozen=True)
class Answers:
    """What a run of the provider gave."""

    tags: list[Tag]
    extraction: Extraction
    spending: Spending


def ask(
    settings: ProviderSettings,
    cache: Path,
    texts: Sequence[str],
    interviews: Interviews | None = None,
    tasks: Sequence[CanonicalTask] = (),
    progress: Callable[[str], None] | None = None,
) -> Answers:
    """Tag texts and extract facts, asking only for what the cache does not hold.

    Args:
        settings: the provider.
        cache: folder of validated answers.
        texts: task texts.
        interviews: what to extract facts from, if anything.
        tasks: canonical tasks that a fact may speak of.
        progress: told how far it is.

    Raises:
        ProviderUnavailable: where the endpoint cannot be used; running again is safe.
        EnrichmentError: for a spent budget, or a miss in replay mode.
    """
    tell = progress or (lambda _: None)
    with closing(Cache(cache, tell)) as answers, _rare_garbage_collection():
        return asyncio.run(_ask(settings, answers, texts, interviews, tasks, tell))


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """Keep Python from looking through all its objects again and again while answers come in."""
    usual = gc.get_threshold()
    gc.set_threshold(*map(max, usual, _COLLECTED_AFTER))
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _ask(
    settings: ProviderSettings,
    cache: Cache,
    texts: Sequence[str],
    interviews: Interviews | None,
    tasks: Sequence[CanonicalTask],
    progress: Callable[[str], None],
) -> Answers:
    spending = Spending(settings)
    endpoint = Endpoint(settings, spending)
    model = str(settings.model)
    try:
        try:
            task_texts = tagger.TaskTexts(texts, model)
            can = await abilities(endpoint, cache)
        except CallFailed as failure:
            raise ProviderUnavailable(
                f"the endpoint gives no answer ({failure}); check llm.base_url, or run again"
            ) from failure
        asker = Asker(endpoint, cache, spending, can.rung, progress)
        tags = await tagger.tag_texts(asker, task_texts, model)
        extraction = Extraction((), ())
        if interviews is not None:
            extraction = await extractor.extract(
                asker, interviews, tasks, model, can.reads_long_prompts
            )
        return Answers(tags, extraction, spending)
    finally:
        await endpoint.close()
