"""Toggl Track, detailed report; since 2024 with `Member`, `Stop date` and `-` for nothing."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="toggl",
    signatures=(
        signature("user", "description", "start date", "start time", "duration"),
        signature("member", "description", "start date", "start time", "duration"),
        signature("utilisateur", "description", "date de debut", "heure de debut", "duree"),
    ),
    columns={
        "email": ("email", "e-mail"),
        "person": ("user", "member", "utilisateur"),
        "date": ("start date", "date de debut"),
        "start_time": ("start time", "heure de debut"),
        "end_date": ("end date", "stop date", "date de fin"),
        "end_time": ("end time", "stop time", "heure de fin"),
        "duration": ("duration", "duree"),
        "task": ("task", "tache"),
        "description": ("description",),
        "project": ("project", "projet"),
        "client": ("client",),
    },
    nulls=frozenset({"-"}),
)
