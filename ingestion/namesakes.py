"""What bears a given name and is no person: tools of the trade, saints of places.

Belongs here: telling them from a colleague by the words beside. Does not belong here: names.
"""

import re
from collections.abc import Sequence

_WORDS = "alexa claude gamma harvey jasper julius leonardo luma miro mistral otter sage sora"
_OTHER_WORDS = """
canva capcut chatgpt copilot dall deepl elevenlabs excel figma firefly gemini gpt grammarly heygen
illustrator indesign midjourney notion perplexity photoshop powerpoint runway slack trello whisper
"""
TOOLS = frozenset(_WORDS.split())
_OTHER_TOOLS = frozenset(_OTHER_WORDS.split())
_BEFORE = re.compile(
    r"utilis\w*|use[ds]?|using|dans|ia|ai|outils?|tools?|logiciels?|licen[cs]es?|abonnements?"
)
_AFTER = re.compile(r"ai|code|haiku|opus|pro|sonnet|\d+")
_SAINTS = frozenset(("saint", "sainte", "st", "ste"))
_BESIDE = re.compile(r"[ \u00a0.-]{1,2}")
_LISTED = re.compile(r"\s?[,/&+]\s?|\s(?:et|ou|and|or|vs)\s")
_POSSESSIVE = re.compile(r"['’]s\b")


def is_namesake(
    text: str, spans: Sequence[tuple[int, int]], folded: Sequence[str], position: int
) -> bool:
    """Whether the words beside a given name show that it names a tool or a saint."""
    end = spans[position][1]
    before = after = None
    if position and _BESIDE.fullmatch(text, spans[position - 1][1], spans[position][0]):
        before = folded[position - 1]
    if position + 1 < len(spans) and _BESIDE.fullmatch(text, end, spans[position + 1][0]):
        after = folded[position + 1]
    if before in _SAINTS:
        return True
    if folded[position] not in TOOLS or _POSSESSIVE.match(text, end):
        return False
    is_used = bool(before and _BEFORE.fullmatch(before)) or bool(after and _AFTER.fullmatch(after))
    return is_used or _is_listed(text, spans, folded, position)


def _is_listed(
    text: str, spans: Sequence[tuple[int, int]], folded: Sequence[str], position: int
) -> bool:
    """Whether another tool stands beside it: "Claude et Canva"."""
    for other in (position - 2, position - 1, position + 1, position + 2):
        if 0 <= other < len(spans) and folded[other] in _OTHER_TOOLS | TOOLS:
            first, second = sorted((position, other))
            if _LISTED.fullmatch(text, spans[first][1], spans[second][0]):
                return True
    return False
