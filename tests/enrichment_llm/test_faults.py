"""Whatever the endpoint does, each task ends with a right tag or says why it has none."""

import email.utils
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug import Response

from llm_enrichment.settings import ProviderSettings
from llm_enrichment.tagging import tag_texts
from tests.enrichment_llm.fake_endpoint import Fault, Model, completion, label, reply

TEXTS = [
    "Trouver l'idée d'un film publicitaire",
    "Saisir les factures des fournisseurs",
    "Synthèse des études et recommandations du trimestre",
    "Exporter les statistiques de la campagne",
    "Relance journalistes, chacun son angle",
]


def status(code: int, **headers: str) -> Fault:
    return lambda body: reply({"error": {"message": "no"}}, code, headers)


def said(content: Any, **changes: Any) -> Fault:
    return lambda body: reply(completion(content, **changes))


def changed(change: Any) -> Fault:
    """The right answer, its list of items changed."""

    def fault(body: dict[str, Any]) -> Response:
        items = change(Model().right(body))
        return reply(completion(json.dumps({"items": items})))

    return fault


def cut(body: dict[str, Any]) -> Response:
    text = json.dumps({"items": Model().right(body)})
    half = completion(text[: len(text) // 2])
    half["choices"][0]["finish_reason"] = "length"
    return reply(half)


def slow(body: dict[str, Any]) -> Response:
    time.sleep(2.5)
    return reply(completion(json.dumps({"items": Model().right(body)})))


def half_a_body(body: dict[str, Any]) -> Response:
    text = json.dumps(completion(json.dumps({"items": Model().right(body)})))
    return Response(text[: len(text) // 2], 200, content_type="application/json")


def broken_off(body: dict[str, Any]) -> Response:
    return Response("{", 200, {"Content-Length": "900"}, content_type="application/json")


def refusal(body: dict[str, Any]) -> Response:
    answer = completion(None)
    answer["choices"][0]["message"]["refusal"] = "I would rather not"
    return reply(answer)


def fenced(body: dict[str, Any]) -> Response:
    text = json.dumps({"items": Model().right(body)})
    return reply(completion(f"Here you are:\n```json\n{text}\n```\nAnything else?"))


def in_parts(body: dict[str, Any]) -> Response:
    """Thoughts and text as parts of a list, as reasoning models of some providers answer."""
    answer = completion(None)
    text = json.dumps({"items": Model().right(body)})
    answer["choices"][0]["message"]["content"] = [
        {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
        {"type": "text", "text": text},
    ]
    return reply(answer)


def whole_but_long(body: dict[str, Any]) -> Response:
    answer = completion(json.dumps({"items": Model().right(body)}))
    answer["choices"][0]["finish_reason"] = "length"
    return reply(answer)


def in_drops(body: dict[str, Any]) -> Response:
    """Each drop comes in time, the whole never would."""

    def drops() -> Iterator[bytes]:
        for _ in range(60):
            yield b" "
            time.sleep(0.5)

    return Response(drops(), 200, content_type="application/json")


def after_thoughts(body: dict[str, Any]) -> Response:
    text = json.dumps({"items": Model().right(body)})
    return reply(completion(f'<think>{{"items": []}} no, wait</think>{text}'))


def marked(body: dict[str, Any]) -> Response:
    """With the mark that some servers put at the start of UTF-8."""
    text = json.dumps(completion("\ufeff" + json.dumps({"items": Model().right(body)})))
    return Response("\ufeff" + text, 200, content_type="application/json")


SOON = "1"
DEEP = "[" * 50_000 + "]" * 50_000
FAULTS: dict[str, Fault] = {
    "429 with seconds": status(429, **{"Retry-After": SOON}),
    "429 with a date": lambda body: status(
        429, **{"Retry-After": email.utils.formatdate(time.time() + 1, usegmt=True)}
    )(body),
    "429 without a word": status(429),
    "500": status(500),
    "502": status(502),
    "503 with seconds": status(503, **{"Retry-After": SOON}),
    "408": status(408),
    "409": status(409),
    "time-out": slow,
    "half a body": half_a_body,
    "connection broken off": broken_off,
    "a page of HTML": lambda body: Response("<html>sign in</html>", 200, content_type="text/html"),
    "HTML called JSON": lambda body: Response("<html>", 200, content_type="application/json"),
    "an empty body": lambda body: Response("", 200, content_type="application/json"),
    "refusal": refusal,
    "no choices": said("", choices=[]),
    "choices null": said("", choices=None),
    "content null": said(None),
    "empty content": said(""),
    "prose": said("I think that the first task is rule-based."),
    "a list": said("[1, 2]"),
    "truncated": cut,
    "fenced": fenced,
    "in parts": in_parts,
    "whole, called cut off": whole_but_long,
    "an event stream": lambda body: Response(
        "data: {}\n\ndata: [DONE]\n\n", 200, content_type="text/event-stream"
    ),
    "an error with 200": lambda body: reply({"error": {"message": "overloaded"}}),
    "content a number": said(7),
    "no usage": lambda body: reply(
        completion(json.dumps({"items": Model().right(body)}), usage=None)
    ),
    "wrong schema": said('{"tasks": []}'),
    "items as text": said('{"items": "none"}'),
    "an unknown label": changed(lambda items: [i | {"nature": "robotic"} for i in items]),
    "a share of 90": changed(lambda items: [i | {"rule_share": 90} for i in items]),
    "a label without a share": changed(lambda items: [i | {"rule_share": None} for i in items]),
    "waiting as a word": changed(lambda items: [i | {"is_waiting": "maybe"} for i in items]),
    "an id missing": changed(lambda items: items[:2] + items[3:]),
    "an id doubled with another label": changed(
        lambda items: [*items, items[1] | {"nature": "mixed", "rule_share": 0.5}]
    ),
    "an id invented": changed(lambda items: [*items, items[0] | {"id": "99"}]),
    "ids moved by one": changed(
        lambda items: [i | {"id": str(int(i["id"]) % len(items) + 1)} for i in items]
    ),
    "ids of another request": changed(
        lambda items: [i | {"id": str(int(i["id"]) + len(items))} for i in items]
    ),
    "all the same label": changed(
        lambda items: [i | {"nature": "mixed", "rule_share": 0.5} for i in items]
    ),
    "ids as numbers": changed(lambda items: [i | {"id": int(i["id"])} for i in items]),
    "null": said("null"),
    "nested too deep": said('{"items": ' + DEEP + "}"),
    "cut off deep down": said('{"items": [{"id": ' + "[" * 50_000),
    "a body nested too deep": lambda body: Response(DEEP, 200, content_type="application/json"),
    "half a character": changed(lambda items: [i | {"reason": "\ud800"} for i in items]),
    "a share that is true": changed(lambda items: [i | {"rule_share": True} for i in items]),
    "a share as text": changed(lambda items: [i | {"rule_share": "0.9"} for i in items]),
    "shares against their labels": changed(
        lambda items: [i | {"rule_share": 1 - i["rule_share"]} for i in items]
    ),
    "in drops": in_drops,
    "after thoughts": after_thoughts,
    "with a byte order mark": marked,
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_one_fault_is_overcome(
    fault: Fault, model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    model.faults = [fault]
    tags = tag_texts(TEXTS, settings, tmp_path)
    assert [tag.nature for tag in tags] == [label(text) for text in TEXTS]
    assert {tag.tagged_by for tag in tags} == {"llm"}
    asked = len(model.calls)
    assert tag_texts(TEXTS, settings, tmp_path) == tags
    assert len(model.calls) == asked, "the second run makes no call"


@pytest.mark.parametrize("name", ["refusal", "prose", "wrong schema", "an unknown label"])
def test_a_fault_that_stays_is_a_failure_of_each_item(
    name: str, model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    model.faults = [FAULTS[name]] * 1000
    tags = tag_texts(TEXTS, settings, tmp_path)
    assert {tag.tagged_by for tag in tags} == {"offline"}
    assert all("the model gave no tag" in tag.reason for tag in tags)
    model.faults = []
    assert {t.tagged_by for t in tag_texts(TEXTS, settings, tmp_path)} == {"llm"}


def test_the_answer_to_another_request_is_no_answer(
    model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    texts = [f"Saisir la facture numéro {n}" for n in range(30)]
    texts += [f"Trouver une idée pour le film {n}" for n in range(30)]
    kept: list[Response] = []

    def mixed_up(body: dict[str, Any]) -> Response:
        kept.append(reply(completion(json.dumps({"items": Model().right(body)}))))
        return kept[0]

    model.faults = [mixed_up] * 3
    tags = tag_texts(texts, replace(settings, concurrency=1), tmp_path)
    assert [tag.nature for tag in tags] == [label(text) for text in texts]


def test_ids_as_numbers_and_what_no_file_shows_are_read(
    model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    shown = "=HYPERLINK(1)\x00\x1b[31m\u202eby rule"
    change = changed(lambda items: [i | {"id": int(i["id"]), "reason": shown} for i in items])
    model.faults = [change] * 1000
    tags = tag_texts(TEXTS, settings, tmp_path)
    assert {tag.tagged_by for tag in tags} == {"llm"}
    assert {tag.reason for tag in tags} == {"HYPERLINK(1) [31mby rule"}
