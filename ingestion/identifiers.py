"""Find e-mails, phone, IBAN, card and French social-security numbers, profiles in free text.

Belongs here: identifiers that have a form of their own. Does not belong here: names (redaction).
"""

import re
from collections.abc import Iterator

import phonenumbers
from stdnum import iban, luhn

# A text without any of these needs no closer look; the syntax is that of both `re` and polars.
SUSPICION = (
    r"@|\((?:at|arobase)\)|\[at\]|(?i:arobase)|(?i:z[eé]ro\s)"
    r"|\s(?i:at)\s[\w.-]+(?:\.|\s(?i:dot|point)\s)"
    r"|(?:\+|00)\s?[1-9](?:[\s.()/-]*\d){6,}"
    r"|0[\s.]?[1-9](?:[\s.()/-]*\d){7,}"
    r"|\d{3}[\s.)-]+\d{3}[\s.-]\d{4}"
    r"|[A-Za-z]{2}\d{2}\s?[A-Za-z0-9]{4}"
    r"|[1278]\s?\d{2}\s?\d{2}\s?(?:\d{2}|2[ABab])\s?\d{3}\s?\d{3}"
    r"|\d{4}[\s-]?\d{4}[\s-]?\d{4}"
    r"|(?i:linkedin\.com)|\b[UW]0[0-9A-Z]{7,9}\b"
)
_SUSPICIOUS = re.compile(SUSPICION)
_EMAIL = re.compile(
    r"[\w.+%-]+(?:\s?@\s?|\s?[(\[](?:at|arobase)[)\]]\s?)[\w-]+"
    r"(?:(?:\.|\s?[(\[](?:dot|point)[)\]]\s?)[\w-]+)+",
    re.IGNORECASE,
)
# Said or dictated: "prénom point nom arobase agence point fr". "At" and "point" are words too, so
# with them only what ends as an address does.
_LOCAL = r"(?<![\w.+-])[\w.+-]+(?:\s(?:point|dot|tiret|dash|underscore)\s[\w+-]+)*"
_DOMAIN = r"[\w-]+(?:(?:\.|\s(?:point|dot|tiret|dash)\s)[\w-]+)*"
_SPOKEN_EMAIL = re.compile(
    rf"{_LOCAL}\s(?:arobase\s{_DOMAIN}|at\s{_DOMAIN}(?:\.|\s(?:point|dot)\s)"
    r"(?:fr|com|net|org|io|eu|be|ch|ca|uk|de|es|it|co|agency|studio|paris|example)\b)",
    re.IGNORECASE,
)
_DIGIT = "un|deux|trois|quatre|cinq|six|sept|huit|neuf"
_PAIR = (
    rf"(?:z[ée]ro[\s-](?:{_DIGIT}|z[ée]ro)|(?:vingt|trente|quarante|cinquante|soixante|"
    rf"quatre[\s-]vingts?)(?:[\s-](?:et[\s-])?(?:dix[\s-](?:sept|huit|neuf)|dix|onze|douze|treize|"
    rf"quatorze|quinze|seize|{_DIGIT}))?|dix(?:[\s-](?:sept|huit|neuf))?|onze|douze|treize|"
    r"quatorze|quinze|seize)"
)
_SPOKEN_PHONE = re.compile(rf"\bz[ée]ro[\s-](?:{_DIGIT})(?:[\s,.-]+{_PAIR}){{4}}\b", re.IGNORECASE)
_FRENCH_PHONE = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)\s?33[\s.]?(?:\(0\)\s?)?|0)\s?[1-9](?:[\s./-]?\d{2}){4}(?!\d)"
)
_FOREIGN_PHONE = re.compile(r"(?<!\d)(?:\+|00)\s?[1-9](?:[\s.()/-]{0,2}\d){6,14}(?!\d)")
_AMERICAN_PHONE = re.compile(
    r"(?<![\w.-])(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[.-])[2-9]\d{2}[.-]\d{4}(?![\w-])"
)
_PROFILE = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|pub)/[^\s,;>)\]]*[^\s,;.>)\]]",
    re.IGNORECASE,
)
_SLACK_ID = re.compile(
    r"<@[UW][0-9A-Z]{6,12}(?:\|[^>]*)?>|@?\b[UW]0(?=[A-Z]*\d)(?=\d*[A-Z])[0-9A-Z]{7,9}\b"
)
_CARD = re.compile(r"(?<![\d.,-])[3-6]\d{3}(?P<gap>[\s-]?)(?:\d{4}(?P=gap)){2}\d{4}(?![\d.,-]*\d)")
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[\s-]?[A-Za-z0-9]){11,30}")
_NIR = re.compile(
    r"(?<!\d)[1278][\s.]?\d{2}[\s.]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.]?(?:\d{2}|2[ABab])[\s.]?\d{3}"
    r"[\s.]?\d{3}(?:[\s.]?\d{2})?(?!\d)"
)
_SHORTEST_IBAN, _LONGEST_IBAN, _FRENCH_IBAN = 15, 34, 27
_FULL_NIR = 15

Span = tuple[int, int, str]


def identifiers(text: str, region: str) -> list[Span]:
    """Spans (start, end, kind) of identifiers, in order and not overlapping.

    Args:
        text: free text.
        region: ISO country whose national phone numbers are meant.

    Returns:
        Kinds are `card`, `email`, `iban`, `nir`, `phone` and `profile`.
    """
    if not _SUSPICIOUS.search(text):
        return []
    taken: list[Span] = []
    for span in _candidates(text, region):
        if all(span[1] <= start or span[0] >= end for start, end, _ in taken):
            taken.append(span)
    return sorted(taken)


def _candidates(text: str, region: str) -> Iterator[Span]:
    """Most certain kinds first: they win where two overlap."""
    for match in _EMAIL.finditer(text):
        yield (*match.span(), "email")
    for match in _SPOKEN_EMAIL.finditer(text):
        yield (*match.span(), "email")
    for match in _SPOKEN_PHONE.finditer(text):
        yield (*match.span(), "phone")
    for match in _IBAN_START.finditer(text):
        if length := _iban_length(match[0]):
            yield (match.start(), match.start() + length, "iban")
    for match in _NIR.finditer(text):
        compact = re.sub(r"[\s.]", "", match[0])
        # Thirteen digits without a space are more often a bar code or a time stamp. A key with a
        # slip of the pen still tells who it is, so the key is not asked for.
        if compact != match[0] or len(compact) == _FULL_NIR:
            yield (*match.span(), "nir")
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield (*match.span(), "card")
    for pattern in (_PROFILE, _SLACK_ID):
        for match in pattern.finditer(text):
            yield (*match.span(), "profile")
    for pattern in (_FRENCH_PHONE, _FOREIGN_PHONE, _AMERICAN_PHONE):
        for match in pattern.finditer(text):
            yield (*match.span(), "phone")
    for found in phonenumbers.PhoneNumberMatcher(text, region):
        yield (found.start, found.end, "phone")


def _iban_length(text: str) -> int | None:
    """How many characters of `text` are an IBAN; a French one counts with a wrong key too."""
    ends = [i for i, c in enumerate(text, 1) if c.isalnum()]
    # Without the countries' own rules: their lists of banks age.
    for count in range(min(len(ends), _LONGEST_IBAN), _SHORTEST_IBAN - 1, -1):
        if iban.is_valid(text[: ends[count - 1]], check_country=False):
            return ends[count - 1]
    if text[:2].upper() == "FR" and len(ends) >= _FRENCH_IBAN:
        compact = [c for c in text if c.isalnum()][:_FRENCH_IBAN]
        if sum(c.isdigit() for c in compact) >= _FRENCH_IBAN - 6:
            return ends[_FRENCH_IBAN - 1]
    return None
