"""One way to compare written names: without accents, case, punctuation and invisible characters.

Belongs here: folding of text, tokens and headers. Does not belong here: what a match means.
"""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"}
)
_WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> str:
    """Composed Unicode (NFC) without invisible characters, which would hide a name."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """Lower-case without accents; punctuation and spaces stay."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", clean(text).casefold().translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order."""
    return tuple(_WORD.findall(fold(text)))


def folded_key(text: str) -> str:
    """The folded words joined by one space: equal where only spelling habits differ."""
    return " ".join(tokens(text))


def nearest(wanted: str, known: Iterable[str], cutoff: float = 60.0) -> str | None:
    """The known word most like `wanted`, None if none is like it (0-100 `cutoff`)."""
    found = process.extractOne(
        wanted, sorted(known), scorer=fuzz.ratio, processor=fold, score_cutoff=cutoff
    )
    return str(found[0]) if found else None
