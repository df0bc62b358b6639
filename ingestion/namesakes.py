"""What bears a given name and is no person: tools of the trade, saints of places.

Belongs here: telling them from a colleague by the words beside. Does not belong here: names.
"""

import re
from collections.abc import Container, Sequence

from ingestion.folding import fold

_WORDS = "alexa claude gamma harvey jasper julius leonardo luma miro mistral otter sage sora"
_OTHER_WORDS = """
canva capcut chatgpt copilot dall deepl elevenlabs excel figma firefly gemini gpt grammarly heygen
illustrator indesign midjourney notion perplexity photoshop powerpoint runway slack trello whisper
"""
TOOLS = frozenset(_WORDS.split())
_OTHER_TOOLS = frozenset(_OTHER_WORDS.split())
# "AI" in capitals only, as one says "j'ai Claude au téléphone".
_BEFORE = re.compile(
    r"(?i:utilis\w*|use[ds]?|using|dans|ia|outils?|tools?|logiciels?|licen[cs]es?|abonnements?)|AI"
)
_AFTER = re.compile(r"ai|code|haiku|opus|pro|sonnet")
# A version, and not how many hours or rounds a colleague took.
_VERSION = re.compile(
    r"[ \u00a0-]\d(?:\.\d+(?=\s*(?:[^\w\s%€]|$))|(?:\.\d+)?(?=\s(?:et|ou|and|or|vs|pour|for)\s))"
)
_SAINTS = frozenset(("saint", "sainte", "st", "ste"))
_BESIDE = re.compile(r"[ \u00a0.-]{1,2}")
_LISTED = re.compile(r"\s?[,/&+]\s?|\s(?:et|ou|and|or|vs)\s")
_POSSESSIVE = re.compile(r"['’]s\b")


def is_namesake(
    text: str,
    spans: Sequence[tuple[int, int]],
    folded: Sequence[str],
    position: int,
    names: Container[tuple[str, ...]],
) -> bool:
    """Whether the words beside a given name show that it names a tool or a saint.

    Args:
        text: the whole text.
        spans: where its words stand.
        folded: its words, folded.
        position: which of them is the given name.
        names: what people are called, in folded words.
    """
    end = spans[position][1]
    before = after = None
    if position and _BESIDE.fullmatch(text, spans[position - 1][1], spans[position][0]):
        before = text[slice(*spans[position - 1])]
    if position + 1 < len(spans) and _BESIDE.fullmatch(text, end, spans[position + 1][0]):
        after = folded[position + 1]
    if before and fold(before) in _SAINTS:
        return True
    if folded[position] not in TOOLS or _POSSESSIVE.match(text, end):
        return False
    is_used = bool(before and _BEFORE.fullmatch(before)) or bool(after and _AFTER.fullmatch(after))
    if is_used or _VERSION.match(text, end):
        return True
    tools = _OTHER_TOOLS | {tool for tool in TOOLS if (tool,) not in names}
    return _is_listed(text, spans, folded, position, tools)


def _is_listed(
    text: str,
    spans: Sequence[tuple[int, int]],
    folded: Sequence[str],
    position: int,
    tools: Container[str],
) -> bool:
    """Whether another tool stands beside it: "Claude et Canva"."""
    for other in (position - 2, position - 1, position + 1, position + 2):
        if 0 <= other < len(spans) and folded[other] in tools:
            first, second = sorted((position, other))
            if _LISTED.fullmatch(text, spans[first][1], spans[second][0]):
                return True
    return False
