"""The words of a header row, made comparable.

Belongs here: normal form of headers and what a totals row looks like. Does not belong here: which
tool has which headers (profiles).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_TOTAL = re.compile(
    r"^(grand |overall |sum |temps )?(total|totals|totaux|somme|sum|gesamt|summe)"
    r"( general| generale)?\b"
)
_BARE_TOTAL = re.compile(r"(grand |overall |temps )?(total|totals|totaux)( general| generale)?")
_BARE_SUBTOTAL = re.compile(r"(sous|sub)[ -]?(total|totaux|totals)")
_SUBTOTAL = re.compile(r"^(sous|sub|zwischen)[ -]?(total|totaux|totals|summe)\b")
# Cells of the first columns, which are looked at row by row, repeat themselves.
_MOST_KNOWN = 20_000
# A total is a short cell; "Total rework of the brochure" is somebody's work.
_TOTAL_LONGEST = 40
_TOTAL_TAIL = re.compile(
    r"(total|totals|totaux|somme|sum|gesamt|summe)( (general|generale|de|du|des|d|for|of|pour|par|"
    r"hours|heures|time|temps|month|mois|week|semaine|mensuel|hebdomadaire|h)\b.*"
    r"|\s*[:=].*|\s+\(?[\d.,:]+.*)?$"
)


@lru_cache(_MOST_KNOWN)
def normal_header(text: str) -> str:
    """The header without accents, case, non-breaking or doubled spaces and trailing colons."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\ufeff", "").casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.replace("’", "'").split()).strip(" :*")


def normal_headers(cells: Sequence[str]) -> list[str]:
    """The normal form of each cell of a header row."""
    return [normal_header(cell) for cell in cells]


def total_kind(cells: Sequence[str]) -> str | None:
    """`total` or `subtotal` where the cells of a row say that it sums others, else None."""
    for cell in cells:
        if len(cell) > _TOTAL_LONGEST:
            continue
        text = normal_header(cell)
        if _SUBTOTAL.match(text):
            return "subtotal"
        if _TOTAL.match(text) and _TOTAL_TAIL.search(text):
            return "total"
    return None


def is_bare_total(cells: Sequence[str]) -> bool:
    """Whether a cell says `Total` and nothing else."""
    return any(_BARE_TOTAL.fullmatch(normal_header(cell)) for cell in cells)


def is_subtotal(cells: Sequence[str]) -> bool:
    """Whether a cell says `Sous-total` and nothing else."""
    return any(_BARE_SUBTOTAL.fullmatch(normal_header(cell)) for cell in cells)
