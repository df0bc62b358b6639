"""Is `Name: text` a speaker, or a sentence with a colon in it?

Belongs here: that one question. Does not belong here: the formats in which labels stand.
"""

import re
from collections import Counter
from collections.abc import Iterable

from ingestion.readers.headers import normal_header

_LABEL = re.compile(
    r"^\s*(?:[-–*•>]\s+)?(?:\*\*)?(?P<name>[^:\n*]{1,60}?)\s?(?:\*\*)?:(?:\*\*)?(?:\s+|$)(?P<text>.*)$",
    re.DOTALL,
)
_PARTICLES = "de du des d la le les van von der den di da del el al ben et y"
# What begins a sentence or a heading with a colon behind it and is nobody's name.
_NO_NAMES = (
    "note notes nota nb ps question questions reponse exemple example attention remarque important "
    "conclusion bref resultat resultats objectif objectifs alors donc et mais or ou oui non voila "
    "enfin ensuite puis bon ok so well and but then yes no first second finally premierement "
    "deuxiemement d'abord date dates heure time duree duration lieu place phase objet sujet "
    "subject titre title participants participant presents absents agenda ordre transcription "
    "transcript meeting reunion resume summary invites attendees theme contexte context "
    "http https re tr fw cc"
)
_OFTEN = 3


def candidate(line: str) -> tuple[str, str] | None:
    """The label and the rest of a line with a colon, None without one."""
    match = _LABEL.match(line)
    return (match["name"].strip(), match["text"].strip()) if match else None


def speakers_of(lines: Iterable[str]) -> set[str]:
    """The labels that are speakers, judged over the whole file.

    A label is a speaker if it is written like a name, or if it comes back often.
    """
    counts = Counter(found[0] for line in lines if (found := candidate(line)))
    return {
        label
        for label, count in counts.items()
        if _may_be_name(label)
        and (_looks_like_name(label) or (count >= _OFTEN and len(label.split()) <= 3))
    }


def _may_be_name(label: str) -> bool:
    words = normal_header(label).split()
    return (
        bool(words)
        and not (len(words) == 1 and words[0] in _NO_NAMES.split())
        and not re.search(r"[?!;,«»\"]|\.\s+\w{3,}|^\d+$|\d{1,2}h|//", label)
    )


def _looks_like_name(label: str) -> bool:
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", label)
    words = [word.strip(".'’-_#") for word in re.split(r"[\s'’]+", bare)]
    words = [word for word in words if word]
    if not words or len(words) > 6 or normal_header(words[0]) in _NO_NAMES.split():
        return False
    return words[0][0].isupper() and all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in _PARTICLES.split()
        for word in words
    )
