"""The last gate on what leaves: a body that still names somebody of the roster is not sent.

Belongs here: every way in which a name may hide in a body. Does not belong here: HTTP (endpoint),
redaction of what is stored, which happens long before.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from llm_enrichment.normalise import LOOKALIKES, fold, readable

_SPOKEN = re.compile(r"[^\W_]+")
_ESCAPED = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|.)")
_HALF = re.compile(r"[\ud800-\udfff]")
_MAIL_TAG = re.compile(r"\+[\w.-]*@")
_TAG = re.compile(r"</?\w{1,10} ?/?>")
# Letters as they are written where a keyboard lacks them, and names without their apostrophe.
_TYPED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"Ø": "Oe", "Å": "Aa"}
)
_WITHOUT_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ"))
_WRITTEN_TOGETHER = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")


class Gate:
    """Refuses bodies that hold a roster name or e-mail, however they are written or escaped.

    Initials between the words of a name count for nothing: they are left out and put in at will.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        """Learn the terms; the words of a name are found from whichever it begins, or as one."""
        self._names: dict[str, set[tuple[str, ...]]] = {}
        for words in map(_spoken, {way for term in terms for way in _ways_to_type(term)}):
            words = _without_initials(words) if len(_without_initials(words)) > 1 else words
            for first in range(len(words)):
                name = (*words[first:], *words[:first])
                for spelling in (name, ("".join(name),)):
                    self._names.setdefault(spelling[0], set()).add(spelling)

    def holds_person(self, text: str) -> bool:
        """Whether `text`, plain or as JSON, names somebody of the roster."""
        if not self._names:
            return False
        plain = _unescaped(text)
        readings = {plain, _WRITTEN_TOGETHER.sub(" ", plain)}
        spoken = [_spoken(reading) for reading in readings]
        return any(
            self._holds_name(words) or self._holds_name(_without_initials(words))
            for words in spoken
        )

    def _holds_name(self, words: Sequence[str]) -> bool:
        if self._names.keys().isdisjoint(words):
            return False
        return any(
            tuple(words[place : place + len(name)]) == name
            for place, word in enumerate(words)
            for name in self._names.get(word, ())
        )


def _ways_to_type(term: str) -> Iterator[str]:
    composed = unicodedata.normalize("NFC", term)
    for letters in (composed, composed.translate(_TYPED)):
        yield letters
        yield letters.translate(_WITHOUT_APOSTROPHES)


def _unescaped(text: str) -> str:
    """Return `text` without the escapes of JSON, even of JSON in JSON, HTML and addresses."""
    plain = _ESCAPED.sub(lambda c: chr(int(c[1], 16)) if c[1] else " ", text)
    if _HALF.search(plain):  # characters beyond the first plane are escaped in two halves
        plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _MAIL_TAG.sub("@", _TAG.sub(" ", unquote(html.unescape(plain))))


def _spoken(text: str) -> list[str]:
    """Return the folded words of `text`."""
    return _SPOKEN.findall(fold(readable(text).translate(LOOKALIKES)))


def _without_initials(words: Sequence[str]) -> list[str]:
    return [word for word in words if len(word) > 1]
