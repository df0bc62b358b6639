"""Timely: rows of clients, of projects and of entries stand in one table; entries are dated."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="timely",
    signatures=(signature("client", "project", "date", "name", "logged hours"),),
    columns={
        "email": ("email",),
        "person": ("name",),
        "date": ("date",),
        "start_time": ("from",),
        "end_time": ("to",),
        "hours": ("logged hours",),
        "task": ("tags", "tag", "label"),
        "description": ("note", "notes", "description"),
        "project": ("project",),
        "client": ("client",),
    },
    undated="subtotal",
)
