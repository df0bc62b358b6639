"""An endpoint over real HTTP that answers as a model would, or as its script of faults says.

Belongs here: the server. Does not belong here: expectations.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from llm_enrichment.settings import ProviderSettings

Fault = Callable[[dict[str, Any]], Response]
HUMAN = ("idée", "angle", "conseil", "concept")


def label(text: str) -> str:
    """What this model says of a task: its own simple rule."""
    if any(word in text.lower() for word in HUMAN):
        return "human_value"
    return "mixed" if "synth" in text.lower() else "rule_based"


SHARES = {"human_value": 0.1, "mixed": 0.5, "rule_based": 0.9}


def tag(item: dict[str, Any]) -> dict[str, Any]:
    """The right answer for one item."""
    nature = label(item["text"])
    return {
        "id": item["id"], "nature": nature, "rule_share": SHARES[nature],
        "is_waiting": "attente" in item["text"], "reason": "as a model would say",
    }  # fmt: skip


def completion(content: Any, **changes: Any) -> dict[str, Any]:
    """The body of a 200."""
    message = {"role": "assistant", "content": content, "refusal": None}
    body = {
        "id": "c", "object": "chat.completion", "created": 1, "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 50, "total_tokens": 150},
    }  # fmt: skip
    return body | changes


def reply(body: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """A JSON response."""
    return Response(json.dumps(body), status, headers, content_type="application/json")


class Model:
    """Counts calls; `faults` are used up first, one a call, preflight not counted."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.facts: Callable[[dict[str, Any]], list[dict[str, Any]]] = lambda item: []
        self.refused_formats: set[str] = set()
        self.usage: Any = completion("")["usage"]
        self.delay = 0.0
        self.most_at_once = self._at_once = 0
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            time.sleep(self.delay)
            return self._answer(json.loads(request.get_data()))
        finally:
            with self._lock:
                self._at_once -= 1

    def _answer(self, body: dict[str, Any]) -> Response:
        wanted = body.get("response_format", {}).get("type", "text")
        with self._lock:
            self.calls.append(body)
        if wanted in self.refused_formats:
            return reply({"error": {"message": f"{wanted} is not supported"}}, 400)
        user = body["messages"][1]["content"]
        if not user.startswith('{"items"'):
            return reply(completion(self._preflight(user)))
        with self._lock:
            fault = self.faults.pop(0) if self.faults else None
        if fault:
            return fault(body)
        return reply(completion(json.dumps({"items": self.right(body)}), usage=self.usage))

    def right(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        """The right items for a request."""
        items = json.loads(body["messages"][1]["content"])["items"]
        return [
            tag(item) if "text" in item else {"id": item["id"], "facts": self.facts(item)}
            for item in items
        ]

    @staticmethod
    def _preflight(user: str) -> str:
        if "marker is" in user:
            return json.dumps({"marker": user.split("marker is ")[1].split(".")[0]})
        return json.dumps({"word": "jalon"})

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Calls after the preflight."""
        return [c for c in self.calls if c["messages"][1]["content"].startswith('{"items"')]


@contextmanager
def serving(model: Model) -> Iterator[ProviderSettings]:
    """Settings of a provider whose endpoint is `model`."""
    with HTTPServer(threaded=True) as server:
        server.expect_request("/v1/chat/completions", method="POST").respond_with_handler(model)
        yield ProviderSettings(
            base_url=server.url_for("/v1"), model="m", api_key="key-of-the-test", timeout_s=2.0
        )
