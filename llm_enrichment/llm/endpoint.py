"""One call to an OpenAI-compatible endpoint: sent if it may be, tried again if that can help.

Belongs here: HTTP faults, usage. Does not belong here: what is asked, what may leave (gate).
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import openai
from openai import AsyncOpenAI

from llm_enrichment.llm.gate import Gate
from llm_enrichment.llm.reading import parsed
from llm_enrichment.llm.spending import Spending, Usage
from llm_enrichment.settings import ProviderSettings, ProviderUnavailable

_RETRIES = 4
_USELESS_ANSWERS = 2  # a 200 that is no completion is asked for so many times more
_MOST_FAILURES_IN_A_ROW = 6
_FIRST_ERROR = 400  # what lies below and is no success sends elsewhere
# Calls begun in one moment are answered in one moment, and each then waits for all the others to be
# read before the next is sent: 16 of them lose a fifth of a round that way.
_BETWEEN_CALLS_S = 0.004


class CallFailed(Exception):
    """One call gave no answer; the message says why."""


class FormRefused(CallFailed):
    """The endpoint does not take the form that was asked for; a lower rung may do."""


class UselessAnswer(CallFailed):
    """A 200 that is no completion: a page of HTML, no choices, half a body."""


class Withheld(CallFailed):
    """The body held a name or an e-mail that must not leave."""


class Rung(IntEnum):
    """How an answer's form is asked for, from the surest to the last resort."""

    STRICT_SCHEMA = 0
    SCHEMA = 1
    JSON_OBJECT = 2
    TEXT = 3


@dataclass(frozen=True)
class Form:
    """A JSON schema with its name."""

    name: str
    schema: Mapping[str, Any]

    def asked(self, rung: Rung) -> dict[str, Any]:
        """Return the request's `response_format`; empty for plain text."""
        if rung is Rung.TEXT:
            return {}
        if rung is Rung.JSON_OBJECT:
            return {"response_format": {"type": "json_object"}}
        schema = {
            "name": self.name, "schema": self.schema, "strict": rung is Rung.STRICT_SCHEMA,
        }  # fmt: skip
        return {"response_format": {"type": "json_schema", "json_schema": schema}}


@dataclass(frozen=True)
class Answer:
    """The text of an answer, and whether it was cut off."""

    text: str
    is_truncated: bool
    usage: Usage


class _Punctual(openai.DefaultAsyncHttpxClient):
    """Follows nobody elsewhere; ends an answer that comes in drops, each of which is in time."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__(timeout=timeout_s, follow_redirects=False)
        self._longest_s = 2 * timeout_s

    async def send(self, request: Any, **options: Any) -> Any:
        try:
            async with asyncio.timeout(self._longest_s):
                return await super().send(request, **options)
        except TimeoutError as error:
            raise openai.APITimeoutError(request) from error


class Endpoint:
    """A configured endpoint within one event loop."""

    def __init__(self, settings: ProviderSettings, spending: Spending) -> None:
        """Open a client; nothing is sent yet."""
        self.settings = settings
        self.gate = Gate(settings.forbidden_terms)
        self._spending = spending
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._next_start_s = 0.0
        self._failures = 0
        self._client = AsyncOpenAI(
            api_key=settings.api_key or "none",
            base_url=settings.base_url,
            timeout=settings.timeout_s,
            max_retries=_RETRIES,
            http_client=_Punctual(settings.timeout_s),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def ask(self, system: str, user: str, form: Form, rung: Rung) -> Answer:
        """Send one request and return its answer.

        Raises:
            Withheld: where the body names a person; nothing was sent.
            CallFailed: where no answer came, after trying again.
            ProviderUnavailable: where no further call can succeed.
            BudgetSpent: where the call could go beyond the budget; nothing was sent.
        """
        if rung >= Rung.JSON_OBJECT:
            system += f"\n\nAnswer with JSON of this schema only:\n{json.dumps(form.schema)}"
        if self.gate.holds_person(user):
            raise Withheld("the text names a person and was not sent")
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        async with self._slots:
            await self._turn()
            for attempt in range(_USELESS_ANSWERS + 1):
                try:
                    answer = await self._call(messages, form.asked(rung))
                except UselessAnswer:
                    if attempt == _USELESS_ANSWERS:
                        raise
                    continue
                self._failures = 0
                return answer
        raise AssertionError("unreachable")

    async def _turn(self) -> None:
        """Wait for the turn of a call: they begin some way apart, so that none waits for many."""
        now = asyncio.get_running_loop().time()
        start = max(now, self._next_start_s)
        self._next_start_s = start + _BETWEEN_CALLS_S
        await asyncio.sleep(start - now)

    async def _call(self, messages: list[dict[str, str]], form: dict[str, Any]) -> Answer:
        if self._failures >= _MOST_FAILURES_IN_A_ROW:
            raise ProviderUnavailable(
                f"{self._failures} calls in a row gave no answer; what was answered is kept, "
                "and running again asks for the rest only"
            )
        expected = self._spending.reserve(len(json.dumps([messages, form], ensure_ascii=False)))
        used = Usage()
        try:
            # Without the client's types, which walk through every text, schema and answer.
            body = await self._client.post(
                "/chat/completions",
                body={"model": str(self.settings.model), "messages": messages, **form},
                cast_to=str,
            )
            answer = _answer(parsed(body), expected)
            used = answer.usage
            return answer
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise ProviderUnavailable(
                f"the endpoint refuses the key ({error.status_code}); check llm.api_key_env"
            ) from error
        except openai.NotFoundError as error:
            raise ProviderUnavailable(
                f"the endpoint knows no {self.settings.model!r} or no such address (404); check"
                " llm.model and llm.base_url"
            ) from error
        except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
            raise FormRefused(f"request refused ({error.status_code})") from error
        except (openai.APIStatusError, openai.APIConnectionError) as error:
            if isinstance(error, openai.APIStatusError) and error.status_code < _FIRST_ERROR:
                raise ProviderUnavailable(
                    f"the endpoint sends elsewhere ({error.status_code}), where nothing is sent;"
                    " write the address that it means into llm.base_url"
                ) from error
            self._failures += 1
            raise CallFailed(_words(error)) from error
        except (openai.OpenAIError, ValueError, UselessAnswer) as error:
            self._failures += 1
            raise UselessAnswer("the answer is not readable") from error
        finally:
            self._spending.settle(expected, used)


def _answer(completion: Any, expected: Usage) -> Answer:
    """Read a completion; some servers answer 200 with a page of HTML, or without any choice.

    One that does not say what it used is taken to have used what was expected.

    Raises:
        UselessAnswer: where it is none.
    """
    choices = completion.get("choices") if isinstance(completion, dict) else None
    if not (isinstance(choices, list) and choices and isinstance(choices[0], dict)):
        raise UselessAnswer("the answer is no completion")
    message, usage = choices[0].get("message"), _usage(completion.get("usage")) or expected
    if not isinstance(message, dict) or message.get("refusal"):
        return Answer("", False, usage)
    return Answer(_said(message.get("content")), choices[0].get("finish_reason") == "length", usage)


def _usage(counted: Any) -> Usage | None:
    counted = counted if isinstance(counted, dict) else {}
    tokens = [counted.get("prompt_tokens"), counted.get("completion_tokens")]
    if all(type(count) is int and count >= 0 for count in tokens):
        return Usage(*tokens)
    return None


def _said(content: Any) -> str:
    """Return the text of a message; some servers give it in parts, thoughts beside text."""
    if isinstance(content, list):
        texts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(text for text in texts if isinstance(text, str))
    return content if isinstance(content, str) else ""


def _words(error: Exception) -> str:
    if isinstance(error, openai.APITimeoutError):
        return "no answer in time"
    if isinstance(error, openai.APIStatusError):
        return f"the endpoint failed ({error.status_code})"
    return "the connection failed"
