"""Tick: every entry has a stable id."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="tick",
    signatures=(
        signature("id", "client", "date", "user", "hours", "entry updated at"),
        signature("id", "client", "project", "task", "date", "user", "hours"),
    ),
    columns={
        "entry_id": ("id",),
        "email": ("email", "user email"),
        "person": ("user",),
        "date": ("date",),
        "hours": ("hours",),
        "task": ("task",),
        "description": ("notes", "note"),
        "project": ("project",),
        "client": ("client",),
    },
)
