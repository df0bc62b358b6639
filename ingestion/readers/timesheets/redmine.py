"""Redmine, detailed time entries; Latin-1 and decimal commas by default.

The activity is the kind of work, the issue one piece of it: the activity is the label.
"""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="redmine",
    signatures=(
        signature("projet", "date", "utilisateur", "activite", "heures"),
        signature("project", "date", "user", "activity", "hours"),
    ),
    columns={
        "person": ("utilisateur", "user"),
        "date": ("date",),
        "hours": ("heures", "hours"),
        "task": ("activite", "activity"),
        "task_2": ("demande", "issue"),
        "description": ("commentaire", "comment", "comments"),
        "project": ("projet", "project"),
    },
)
