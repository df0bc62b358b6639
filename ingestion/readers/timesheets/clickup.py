"""ClickUp, time tracking export.

Each time and duration stands twice, as milliseconds and as text in the reader's own time zone; the
texts are read, as the milliseconds of a start tell no local day.
"""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="clickup",
    signatures=(signature("username", "time entry id", "start text", "time tracked text"),),
    columns={
        "entry_id": ("time entry id",),
        "email": ("user email", "email"),
        "person": ("username",),
        "date": ("start text",),
        "end_date": ("stop text",),
        "duration": ("time tracked text",),
        "task": ("task name",),
        "description": ("description",),
        "project": ("list name",),
        "client": ("folder name", "space name"),
    },
)
