"""Two calls that find out what an endpoint can do, before anything is asked of it.

Is an answer's schema enforced, or must it be asked for less strictly; is the start of a long prompt
still read (some servers cut silently). The result is kept with the answers.
"""

import asyncio
from dataclasses import dataclass

from llm_enrichment.llm.cache import Cache
from llm_enrichment.llm.endpoint import CallFailed, Endpoint, Form, FormRefused, Rung
from llm_enrichment.llm.reading import parsed
from llm_enrichment.settings import Mode

_VERSION = "preflight-1"
_WORD = "jalon"
_FORM = Form(
    "preflight",
    {
        "type": "object", "properties": {"word": {"type": "string", "enum": [_WORD]}},
        "required": ["word"], "additionalProperties": False,
    },
)  # fmt: skip
_MARKER = "K7-ardoise-29"
# About 6,000 tokens: more than the 4,096 at which some servers cut.
_FILLER = "Line without meaning, to be read past. " * 650


@dataclass(frozen=True)
class Abilities:
    """What an endpoint can do."""

    rung: Rung
    reads_long_prompts: bool


async def abilities(endpoint: Endpoint, cache: Cache) -> Abilities:
    """Return what the endpoint can do, asking it where that is not known yet.

    Raises:
        ProviderUnavailable: where it cannot be used at all.
    """
    settings = endpoint.settings
    key = Cache.key(_VERSION, settings.base_url or "", settings.model or "")
    if known := cache.read([key]).get(key):
        return Abilities(Rung(known["rung"]), bool(known["reads_long_prompts"]))
    if settings.mode is Mode.REPLAY:
        return Abilities(Rung.STRICT_SCHEMA, False)
    # Side by side: where the strict form is refused, the second call is made again in a lower one.
    rung, reads = await asyncio.gather(
        _surest_rung(endpoint), _reads_long_prompts(endpoint, Rung.STRICT_SCHEMA)
    )
    if reads is None:
        reads = await _reads_long_prompts(endpoint, rung)
    found = Abilities(rung, bool(reads))
    cache.write({key: {"rung": int(found.rung), "reads_long_prompts": found.reads_long_prompts}})
    return found


async def _surest_rung(endpoint: Endpoint) -> Rung:
    """The first rung whose form is obeyed, else the first that is not refused."""
    accepted: list[Rung] = []
    for rung in Rung:
        try:
            answer = await endpoint.ask(
                "Greet the reader in one sentence, in the form that is asked for.",
                "Good morning.",
                _FORM,
                rung,
            )
        except FormRefused:
            continue
        accepted.append(rung)
        try:
            if parsed(answer.text) == {"word": _WORD}:
                return rung
        except ValueError:
            continue
    return accepted[0] if accepted else Rung.TEXT


async def _reads_long_prompts(endpoint: Endpoint, rung: Rung) -> bool | None:
    """Whether the start of a long prompt is seen; None where the endpoint refuses the form."""
    form = Form(
        "marker",
        {
            "type": "object", "properties": {"marker": {"type": "string"}},
            "required": ["marker"], "additionalProperties": False,
        },
    )  # fmt: skip
    try:
        answer = await endpoint.ask(
            "Repeat the marker that stands at the start of the text, and nothing else.",
            f"The marker is {_MARKER}.\n{_FILLER}\nWhat is the marker?",
            form,
            rung,
        )
    except FormRefused:
        return None
    except CallFailed:
        return False
    return _MARKER in answer.text
