"""Tempo for Jira; its headers follow the account's language."""

from ingestion.readers.timesheets.profile import TimesheetProfile, signature

PROFILE = TimesheetProfile(
    tool="tempo",
    signatures=(
        signature("issue key", "hours", "work date"),
        signature("cle de ticket", "heures", "date de travail"),
        signature("cle de la demande", "heures", "date de travail"),
        signature("vorgangsschlussel", "stunden", "arbeitsdatum"),
    ),
    columns={
        "entry_id": ("worklog id", "tempo worklog id"),
        "person": ("full name", "nom complet", "vollstandiger name"),
        "person_2": ("username", "nom d'utilisateur", "benutzername"),
        "date": ("work date", "date de travail", "arbeitsdatum"),
        "hours": ("hours", "heures", "stunden"),
        "task": ("issue summary", "resume de la demande", "resume du ticket", "resume"),
        "task_2": ("issue key", "cle de ticket", "cle de la demande", "vorgangsschlussel"),
        "description": ("work description", "description du travail", "arbeitsbeschreibung"),
        "project": ("project name", "nom du projet", "project key", "account name"),
        "client": ("account customer", "customer"),
    },
    also_named=("jira",),
)
