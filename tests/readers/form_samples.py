"""Form exports as the tests of the form readers write them: Jalon's questions, invented answers."""

from ingestion.questionnaire import QUESTIONS
from ingestion.source_rule import SourceRule

FR = {(q.key, q.position): q.fr for q in QUESTIONS}
EN = {(q.key, q.position): q.en for q in QUESTIONS}

ANSWERS: dict[tuple[str, int], str] = {
    ("person_email", 0): "zoe@ardoise.example",
    ("label", 1): "Mise en page",
    ("category", 1): "Production et exécution",
    ("weekly_hours", 1): "7,5",
    ("label", 2): "Retouche",
    ("category", 2): "Creative work and copywriting",
    ("weekly_hours", 2): "90 min",
    ("tool_name", 1): "InDesign",
    ("satisfaction", 1): "4 - Satisfait",
    ("is_imposed", 1): "Imposé",
    ("missing_integration", 1): "le serveur",
    ("ai_familiarity", 0): "3 - Je m'en sers pour des choses simples",
    ("ai_frequency", 0): "Quelques fois par mois",
    ("wish", 0): "Les relances; surtout, les relances",
    ("is_champion_candidate", 0): "Oui",
}


def csv_of(rows: list[list[str]], separator: str = ",", end: str = "\n") -> str:
    quoted = [separator.join('"' + c.replace('"', '""') + '"' for c in row) for row in rows]
    return end.join(quoted) + end


def form(texts: dict[tuple[str, int], str], **extra: str) -> tuple[list[str], list[str]]:
    headers = [*extra, *(text for key, text in texts.items())]
    return headers, [*extra.values(), *(ANSWERS.get(key, "") for key in texts)]


LONG = (
    "email;date;tache;heures;categorie;lieu\n"
    "a@a.example;2026-03-02;Retouche;2;production;Lille\n"
    "a@a.example;2026-03-02;Relances;1h30;;Lille\n"
    "Zoé Gneiss;2026-03-03;Retouche;3,5;;\n"
    "Zoé Gneiss;2026-03-03;Relances;trop;;\n"
)
LONG_RULE = SourceRule(
    "generic", layout="long",
    columns={"person": "email", "submitted_at": "date", "task": "tache", "weekly_hours": "heures",
             "category": "categorie"},
)  # fmt: skip
