"""Harvest, detailed time report; decimal commas inside comma-separated text are usual."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="harvest",
    signatures=(
        signature("date", "project", "task", "hours", "first name", "last name"),
        signature("date", "projet", "tache", "heures", "prenom", "nom"),
        signature("date", "projet", "tache", "heures", "prenom", "nom de famille"),
    ),
    columns={
        "first_name": ("first name", "prenom"),
        "last_name": ("last name", "nom de famille", "nom"),
        "date": ("date",),
        "hours": ("hours", "heures"),
        "task": ("task", "tache"),
        "description": ("notes", "note"),
        "project": ("project", "projet"),
        "client": ("client",),
    },
)
