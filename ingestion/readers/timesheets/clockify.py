"""Clockify, detailed report, English and French; dates and hours follow the user's settings."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="clockify",
    signatures=(
        signature("user", "start date", "start time", "duration (decimal)"),
        signature("user", "start date", "start time", "duration (h)"),
        signature("utilisateur", "date de debut", "heure de debut", "duree (decimal)"),
        signature("utilisateur", "date de debut", "heure de debut", "duree (h)"),
    ),
    columns={
        "email": ("email", "e-mail"),
        "person": ("user", "utilisateur"),
        "date": ("start date", "date de debut"),
        "start_time": ("start time", "heure de debut"),
        "end_date": ("end date", "date de fin"),
        "end_time": ("end time", "heure de fin"),
        "duration": ("duration (h)", "duree (h)"),
        "hours": ("duration (decimal)", "duree (decimal)"),
        "task": ("task", "activity", "tache", "activite"),
        "description": ("description",),
        "project": ("project", "projet"),
        "client": ("client",),
    },
)
