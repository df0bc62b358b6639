"""Get a valid answer for each of many items: from the cache, in batches, at last one by one.

Belongs here: batching, valid answers, asking again, control items, remembering.
Does not belong here: what is asked (tagger, extractor), JSON in talk (reading), HTTP (endpoint).
"""

import asyncio
import json
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Coroutine,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from llm_enrichment.llm.cache import Cache
from llm_enrichment.llm.endpoint import (
    Answer,
    CallFailed,
    Endpoint,
    Form,
    FormRefused,
    Rung,
    Withheld,
)
from llm_enrichment.llm.reading import items_in
from llm_enrichment.llm.spending import Spending, Usage
from llm_enrichment.settings import EnrichmentError, Mode

Answers = dict[str, "BaseModel | CallFailed"]
T = TypeVar("T")


class ReplayMiss(EnrichmentError):
    """Replay found no remembered answer."""


@dataclass(frozen=True)
class Item:
    """Something to be answered: its JSON as it is sent, and its name in the cache."""

    sent: Mapping[str, Any]
    cache_key: str
    goes_alone: bool = False


@dataclass(frozen=True)
class Control:
    """An item whose answer is known, to notice a model that labels at random."""

    sent: Mapping[str, Any]
    is_right: Callable[[BaseModel], bool]


@dataclass(frozen=True)
class Question:
    """One kind of question: its prompt, the form of one answer, controls.

    Attributes:
        name: of the schema; letters and underscores.
        version: of the prompt, as it stands on each row.
        prompt: the system message.
        answer: model of one item's answer; must have `id: str`.
        schema: JSON schema of one item's answer, `id` included, without bounds.
        batch: most items in one request.
        controls: mixed into each batch.
        check: says what is wrong with an answer that has the right form, or None.
    """

    name: str
    version: str
    prompt: str
    answer: type[BaseModel]
    schema: Mapping[str, Any]
    batch: int
    controls: tuple[Control, ...] = ()
    check: Callable[[Item, BaseModel], str | None] = field(default=lambda _item, _answer: None)

    @property
    def form(self) -> Form:
        """The schema of a whole answer."""
        items = {"type": "array", "items": self.schema}
        return Form(
            self.name,
            {
                "type": "object", "properties": {"items": items}, "required": ["items"],
                "additionalProperties": False,
            },
        )  # fmt: skip


class Asker:
    """Asks questions at one endpoint, through one cache."""

    def __init__(
        self, endpoint: Endpoint, cache: Cache, spending: Spending, rung: Rung, progress:
        Callable[[str], None],
    ) -> None:  # fmt: skip
        """Start on `rung`, which falls where the endpoint refuses it."""
        self._endpoint, self._cache, self._spending = endpoint, cache, spending
        self.rung = rung
        self._progress = progress
        self._next_id = 1

    async def ask(self, question: Question, items: Sequence[Item]) -> list[BaseModel | CallFailed]:
        """Return for each item its valid answer, or why there is none.

        Raises:
            ReplayMiss: in replay mode, for an item that is not remembered.
            ProviderUnavailable, BudgetSpent: where no further call can be made; what was
                answered before is remembered.
        """
        found = await self.ask_as_they_come(question, _at_once(items))
        return [found[item.cache_key] for item in items]

    async def ask_as_they_come(
        self, question: Question, portions: AsyncIterable[Sequence[Item]]
    ) -> dict[str, BaseModel | CallFailed]:
        """Ask for items as soon as they fill a request; return the answers by cache key.

        Raises:
            ReplayMiss, ProviderUnavailable, BudgetSpent: as `ask`.
        """
        found: Answers = {}
        asked: set[str] = set()
        together: list[Item] = []
        sent = done = 0

        async def one(batch: list[Item]) -> None:
            nonlocal done
            found.update(await self._batch(question, batch))
            done += 1
            self._progress(f"{question.name}: {done} of {sent} requests answered")

        async with _first_error(), asyncio.TaskGroup() as group:

            def send(batch: list[Item]) -> None:
                nonlocal sent
                sent += 1
                group.create_task(one(batch))

            async for portion in portions:
                new = [item for item in portion if item.cache_key not in asked | found.keys()]
                waiting = self._not_remembered(question, new, found)
                asked.update(waiting)
                if self._endpoint.settings.mode is Mode.REPLAY:
                    continue
                for item in waiting.values():
                    if item.goes_alone or question.batch == 1:
                        send([item])
                    else:
                        together.append(item)
                while len(together) >= question.batch:
                    send(together[: question.batch])
                    del together[: question.batch]
            if together:
                send(together)
        if asked and self._endpoint.settings.mode is Mode.REPLAY:
            raise ReplayMiss(
                f"replay: {len(asked)} of {len(asked) + len(found)} answers ({question.name}) are "
                "not in the cache; run once with llm.mode: live"
            )
        self._spending.failed_count += sum(isinstance(a, CallFailed) for a in found.values())
        return found

    def _not_remembered(
        self, question: Question, items: Sequence[Item], found: Answers
    ) -> dict[str, Item]:
        """Put into `found` the answers of the cache; return by key what it does not hold."""
        waiting: dict[str, Item] = {}
        stored = self._cache.read(item.cache_key for item in items)
        for item in items:
            if remembered := _remembered(question, stored.get(item.cache_key)):
                found[item.cache_key] = remembered
                self._spending.cached_count += 1
            else:
                waiting[item.cache_key] = item
        return waiting

    async def _batch(self, question: Question, batch: list[Item]) -> Answers:
        """Answer a batch; what is not answered rightly there is asked once more, alone."""
        answered, failures = await self._request(question, batch)
        left = [item for item in batch if item.cache_key not in answered]
        if left and len(batch) > 1:
            for again, failed in await all_of(self._request(question, [item]) for item in left):
                answered |= again
                failures |= failed
        elif left and not isinstance(failures[left[0].cache_key], Withheld):
            again, failures = await self._request(question, left)
            answered |= again
        return answered | {k: f for k, f in failures.items() if k not in answered}

    async def _request(self, question: Question, batch: list[Item]) -> tuple[Answers, Answers]:
        """Send one request; remember and return what is valid, and why the rest is not."""
        controls = question.controls if len(batch) > 1 else ()
        sent: list[Item | Control] = list(batch)
        for number, control in enumerate(controls, start=1):
            sent.insert(number * len(batch) // (len(controls) + 1) + number - 1, control)
        # No id is used twice, so that no answer passes for one to another request.
        first, self._next_id = self._next_id, self._next_id + len(sent)
        rows = [{"id": str(n), **row.sent} for n, row in enumerate(sent, start=first)]
        try:
            answer = await self._climb(question, json.dumps({"items": rows}, ensure_ascii=False))
        except CallFailed as failure:
            return {}, {item.cache_key: failure for item in batch}
        said = _read(question, answer.text)
        answered: Answers = {}
        failures: Answers = {}
        for number, row in enumerate(sent, start=first):
            given = said.get(str(number))
            if isinstance(row, Control):
                if given is None or not row.is_right(given):
                    wrong = CallFailed("a control item was answered wrongly")
                    return {}, {item.cache_key: wrong for item in batch}
                continue
            wrongness = "no valid answer" if given is None else question.check(row, given)
            if given is None or wrongness:
                failures[row.cache_key] = CallFailed(str(wrongness))
            else:
                answered[row.cache_key] = given
        self._remember(answered, answer.usage, len(batch))
        return answered, failures

    async def _climb(self, question: Question, user: str) -> Answer:
        """Ask on the present rung, and on lower ones where the endpoint refuses its form."""
        while True:
            rung = self.rung
            try:
                return await self._endpoint.ask(question.prompt, user, question.form, rung)
            except FormRefused:
                if rung is Rung.TEXT:
                    raise
                self.rung = max(self.rung, Rung(rung + 1))

    def _remember(self, answered: Answers, usage: Usage, shared_by: int) -> None:
        tokens = {
            "input_tokens": usage.input_tokens / shared_by,
            "output_tokens": usage.output_tokens / shared_by,
        }
        self._cache.write(
            {
                key: {"answer": valid.model_dump(mode="json"), **tokens}
                for key, valid in answered.items()
                if isinstance(valid, BaseModel)
            }
        )


def _remembered(question: Question, stored: Mapping[str, Any] | None) -> BaseModel | None:
    try:
        return question.answer.model_validate(stored["answer"]) if stored else None
    except (KeyError, ValidationError):
        return None


def _read(question: Question, text: str) -> dict[str, BaseModel]:
    """Return the valid answers by id; an id said twice, with different words, is no answer."""
    found: dict[str, BaseModel | None] = {}
    for value in items_in(text):
        try:
            answer = question.answer.model_validate(value)
        except ValidationError:
            continue
        key = str(value["id"])
        found[key] = answer if found.get(key, answer) == answer else None
    return {key: answer for key, answer in found.items() if answer is not None}


async def _at_once(items: Sequence[Item]) -> AsyncIterator[Sequence[Item]]:
    yield items


@asynccontextmanager
async def _first_error() -> AsyncIterator[None]:
    """Raise the first error of a group of tasks as it is."""
    try:
        yield
    except BaseExceptionGroup as errors:
        error: BaseException = errors
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        raise error from None


async def all_of(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Wait for all; the first error stops the others and is raised as it is."""
    async with _first_error(), asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in work]
    return [task.result() for task in tasks]
