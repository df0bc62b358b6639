"""Timesheets of no known tool: the mapping of `engagement.yaml`, and the guess that is shown.

A guess is never used by itself. Does not belong here: typed reading.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from ingestion.readers.durations import unit_of_header
from ingestion.readers.headers import normal_header
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.settling import config_line
from ingestion.readers.timesheets.profile import TimesheetProfile, signature
from ingestion.source_rule import SourceRule

# Names in `columns` of engagement.yaml to our fields.
_MAPPABLE = {
    "person": "person", "email": "email", "date": "date", "task": "task", "hours": "duration",
    "note": "description", "project": "project", "client": "client", "entry_id": "entry_id",
    "start": "start_time", "end": "end_time",
}  # fmt: skip
_NEEDED = ("date", "hours")

# Words that headers of home-made sheets begin with, the most telling first.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "email": ("email", "e-mail", "mail", "courriel", "adresse"),
    "person": (
        "collaborateur", "salarie", "employe", "personne", "person", "user", "utilisateur",
        "member", "membre", "name", "nom", "employee", "ressource", "resource", "intervenant",
        "consultant", "prenom", "equipier", "qui", "who",
    ),
    "date": ("date", "jour", "day", "journee", "quand", "when"),
    "hours": (
        "duree", "heures", "hours", "temps", "duration", "nb heures", "nombre d'heures", "time",
        "h", "total heures", "minutes", "combien",
    ),
    "task": (
        "tache", "task", "activite", "activity", "action", "mission", "prestation", "nature",
        "quoi", "what",
    ),
    "project": ("projet", "project", "dossier", "affaire", "job", "campagne"),
    "client": ("client", "customer", "compte", "annonceur"),
    "note": ("commentaire", "comment", "description", "note", "detail", "remarque", "libelle"),
}  # fmt: skip


def mapped_profile(columns: Mapping[str, str]) -> TimesheetProfile:
    """The profile that a mapping describes.

    Raises:
        RefusedFile: for a name that is not ours, or without date, hours or a person.
    """
    if unknown := sorted(set(columns) - set(_MAPPABLE)):
        near = get_close_matches(unknown[0], _MAPPABLE, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; known: {', '.join(_MAPPABLE)}"
        raise RefusedFile(f"columns in engagement.yaml has the unknown name {unknown[0]}{hint}")
    if missing := [name for name in _NEEDED if name not in columns]:
        raise RefusedFile(f"columns in engagement.yaml lacks {' and '.join(missing)}; add it")
    if not {"person", "email"} & set(columns):
        raise RefusedFile("columns in engagement.yaml lacks person or email; add one")
    normal = {name: normal_header(header) for name, header in columns.items()}
    return TimesheetProfile(
        tool="generic",
        signatures=(signature(*normal.values()),),
        columns={_MAPPABLE[name]: (header,) for name, header in normal.items()},
        bare_unit=unit_of_header(normal["hours"]) or "unknown",
    )


def guess_columns(headers: Sequence[str]) -> dict[str, str]:
    """Our names to the headers that probably carry them; each header once.

    Args:
        headers: the header cells as written.
    """
    guess: dict[str, str] = {}
    free = [(header, normal_header(header)) for header in headers if header]
    for name, words in _WORDS.items():
        for word in words:
            found = next((h for h in free if re.match(rf"{re.escape(word)}s?\b", h[1])), None)
            if found:
                guess[name] = found[0]
                free.remove(found)
                break
    return guess


def hold_unknown(headers: Sequence[str], rule: SourceRule, missing: Sequence[str] = ()) -> HeldFile:
    """The hold of a file of no known tool, with the line that maps it."""
    guess = guess_columns(headers)
    lacking = [name for name in _NEEDED if name not in guess]
    if "person" not in guess and "email" not in guess:
        lacking.append("person")
    note = f" No column was found for {', '.join(lacking)}: complete it." if lacking else ""
    why = (
        f"the file lacks the columns {', '.join(missing)} of the declared mapping"
        if missing
        else "the headers are those of no known tool"
    )
    line = config_line("timesheets", rule, tool="generic", columns=guess)
    return HeldFile(
        f"{why}; check this mapping and add it in engagement.yaml under {line}.{note}",
        guess or None,
    )
