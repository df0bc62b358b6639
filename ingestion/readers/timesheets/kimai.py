"""Kimai, export of timesheets, English and French.

Under one header the duration is seconds, `h:mm`, decimal hours or an Excel duration; begin and end
settle the unit where they are there. The XLSX ends with totals that carry no label.
"""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="kimai",
    signatures=(
        signature("date", "from", "to", "duration", "activity"),
        signature("date", "de", "a", "duree", "activite"),
    ),
    columns={
        "email": ("email", "e-mail", "courriel"),
        "person": ("name", "nom"),
        "person_2": ("user", "username", "nom d'utilisateur", "utilisateur"),
        "date": ("date",),
        "start_time": ("from", "de"),
        "end_time": ("to", "a"),
        "duration": ("duration", "duree"),
        "task": ("activity", "activite"),
        "description": ("description",),
        "project": ("project", "projet"),
        "client": ("customer", "client"),
    },
    bare_unit="whole",
)
