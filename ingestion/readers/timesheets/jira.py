"""Jira worklogs: `_` stands for nothing, and the same worklog may be there twice."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="jira",
    signatures=(signature("worklog id", "author", "started", "time spent"),),
    columns={
        "entry_id": ("worklog id",),
        "email": ("author email", "email"),
        "person": ("author",),
        "date": ("started",),
        "duration": ("time spent",),
        "task": ("summary",),
        "task_2": ("issue",),
        "description": ("work description",),
        "project": ("project",),
    },
    bare_unit="whole",
    nulls=frozenset({"_"}),
)
