"""Text as it is compared: folded, cut into tokens, stemmed; and text as it may be read.

Belongs here: what makes two spellings of one label, word or quote the same.
Does not belong here: any judgement about what a text means.
"""

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans(
    dict(
        zip(
            "œæßþ’‘ʼ«»“”–—‑‐−…øłđðħı",
            [*("oe", "ae", "ss", "th"), *"'''", *'""""', *"-----", "...", *"olddhi"],
            strict=True,
        )
    )
)
_TOKEN = re.compile(r"[a-z0-9]+")
# Letters of other alphabets that pass for Latin ones, and these.
LOOKALIKES = str.maketrans(
    "аеорсухіјѕАВЕКМНОРСТХοαΑΒΕΗΙΚΜΝΟΡΤΧ", "aeopcyxijsABEKMHOPCTXoaABEHIKMNOPTX"
)
_CONTROL = re.compile(r"[\u0000-\u001f\u007f-\u009f]")
_WIDTHLESS = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(words.split())


# Inflections, longest first, folded.
_SUFFIXES = tuple(
    re.findall(
        r"\S+",
        """issements issement ements ement ations ation ings ing euses euse eurs eur ages age ions
        ion ees ee ers er ies es e s x""",
    )
)

# Words that carry no content of a task label, both languages, folded.
STOP_WORDS = word_set(
    """a au aux avec ce ces cet cette chez d dans de des du elle elles en entre et il ils j je
    l la le les leur leurs lui m ma mes mon n ne nos notre nous on ou par pas pour qu que
    qui s sa se ses si son sur t ta tes toi ton tu un une vos votre vous y c est sont ont
    etc via vers sous an and any are as at be by for from has have i in into is it its my of
    or our that the their them they this to up us was we were with you your"""
)


@lru_cache(maxsize=2**16)
def fold(text: str) -> str:
    """Return `text` without case, accents, ligatures and typographic quotes or dashes."""
    decomposed = unicodedata.normalize("NFKD", text).casefold().translate(_FOLDED)
    if decomposed.isascii():
        return decomposed
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def label_key(text: str) -> str:
    """Return what two spellings of one label share: folded words, single spaces."""
    return " ".join(tokens(text))


def tokens(text: str) -> list[str]:
    """Return the folded words and numbers of `text`, in order."""
    return _TOKEN.findall(fold(text))


def content_tokens(text: str) -> list[str]:
    """Return the tokens of `text` that are not stop words, in order."""
    return [token for token in tokens(text) if token not in STOP_WORDS]


def stem(token: str) -> str:
    """Return a crude stem that French and English inflections of one word share."""
    if len(token) <= 3 or token.isdigit():
        return token
    for suffix in _SUFFIXES:
        if token.endswith(suffix) and len(token) - len(suffix) >= 4:
            return token[: -len(suffix)]
    return token[:-1] if token[-1] in "sx" else token


def readable(text: str | None) -> str:
    """Return `text` in NFC on one line, without control and invisible characters."""
    visible = _WIDTHLESS.sub("", _CONTROL.sub(" ", unicodedata.normalize("NFC", text or "")))
    return " ".join(visible.split())


class Folded:
    """A text folded, with the way back from each folded character to the original one."""

    def __init__(self, original: str) -> None:
        """Fold `original` character by character."""
        self.original = original
        pieces = [fold(character) for character in original]
        self.text = "".join(pieces)
        self._origins = [i for i, piece in enumerate(pieces) for _ in piece]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original's span of the folded characters `start`..`end` (excluded)."""
        if start >= end:
            position = self._origins[start] if start < len(self._origins) else len(self.original)
            return position, position
        stop = self._origins[end - 1] + 1
        while stop < len(self.original) and not fold(self.original[stop]):
            stop += 1  # a combining accent belongs to the letter before it
        return self._origins[start], stop

    def slice(self, start: int, end: int) -> str:
        """Return the original text of the folded characters `start`..`end`."""
        first, last = self.span(start, end)
        return self.original[first:last]
