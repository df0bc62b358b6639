"""Noko: minutes are exact, the hours beside them rounded."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="noko",
    signatures=(signature("date", "person", "minutes", "hours"),),
    columns={
        "entry_id": ("id", "entry id"),
        "email": ("email", "person email"),
        "person": ("person",),
        "date": ("date",),
        "minutes": ("minutes",),
        "hours": ("hours",),
        "task": ("tags", "hashtags"),
        "description": ("description", "entry"),
        "project": ("project",),
        "client": ("client", "group", "project group"),
    },
)
