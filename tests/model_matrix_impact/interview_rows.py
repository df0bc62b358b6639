"""Interviews and forms as rows. Does not belong here: expectations."""

from datetime import date, datetime
from typing import Any

from tests.model.engagement_rows import Tables, add_form, add_person, engagement_tables

PHASES = {"c": "alignment", "d": "deep_dive", "i": "immersion"}


def heard_engagement(**engagement: Any) -> Tables:
    """Two teams of six with one role each but for the lead, min_group 5."""
    tables = engagement_tables(**{"min_group": 5, "priority": "margin", **engagement})
    for team in ("studio", "media"):
        tables["teams"].append(
            {"team_id": team, "team_name": team, "headcount": 6.0, "hourly_cost": 40.0}
        )
        for number in range(6):
            role = "lead" if number == 0 else "maker"
            add_person(tables, f"{team}-{number}", team, role=role)
    return tables


def answer(tables: Tables, person_id: str, **form: Any) -> None:
    """Add a form with one task of no known name, and a place in its file."""
    row_number = len(tables["form_responses"]) + 2
    add_form(
        tables,
        person_id,
        {"divers": 10.0},
        submitted_at=datetime(2026, 2, 3, 9),
        file_hash="f" * 64,
        row_number=row_number,
        **form,
    )


def interview(tables: Tables, document_id: str, **transcript: Any) -> None:
    """Add an interview; the first letter of its id gives the phase."""
    tables["transcripts"].append(
        {"document_id": document_id, "phase": PHASES[document_id[0]], "file_hash": document_id,
         "interviewed_on": date(2026, 1, 15), "has_quote_consent": False, **transcript}
    )  # fmt: skip


def fact(tables: Tables, document_id: str, fact_type: str, **values: Any) -> None:
    """Add a grounded fact of an interview."""
    number = len(tables["facts"]) + 1
    (source,) = [t for t in tables["transcripts"] if t["document_id"] == document_id]
    tables["facts"].append(
        {"fact_id": f"f{number:03d}", "fact_type": fact_type, "document_id": document_id,
         "turn_index": number, "char_start": 0, "char_end": 9, "quote": f"quote {number}",
         "phase": source["phase"], "team_id": source.get("team_id"), "role": source.get("role"),
         "tagged_by": "offline", "confidence": 0.7, **values}
    )  # fmt: skip
