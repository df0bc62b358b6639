"""A small engagement with every kind of input, and a later export that changes what is published.

Belongs here: invented rows, the same at each call. Does not belong here: running anything.
"""

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path

NAME = "carriere-bleue"
MONTH = "2026-04"
_CONFIG = f"""\
engagement: {NAME}
client: Carrière Bleue (fictive)
language: fr
timezone: Europe/Paris
currency: EUR
priority: productivity
calendar:
  baseline: {{start: 2026-01-01, end: 2026-03-31}}
  programme_start: 2026-04
teams:
  taille: {{name: Taille, headcount: 6, hourly_cost: 38}}
  polissage: {{name: Polissage, headcount: 6, hourly_cost: 35}}
sources:
  timesheets:
    - {{match: "*.csv", tool: generic, date_order: ymd, columns: {{person: email, date: jour, task: tache, hours: heures}}}}
  forms:
    - {{match: "*.csv", tool: generic, layout: long, columns: {{person: email, submitted_at: date, task: tache, weekly_hours: heures}}}}
  transcripts:
    - {{file: direction.txt, phase: alignment, date: 2026-01-20, speakers: {{Consultante: interviewer, Rose Ardoisier: rose.ardoisier@carriere.example}}}}
"""  # noqa: E501  the file as it stands
_TASKS = ("Maquettes", "Relecture", "Reporting mensuel", "Réunions internes")
_SURNAMES = (
    "Ardoisier", "Basaltin", "Calcairet", "Dolomiet", "Gabbroni", "Granitier",
    "Gresland", "Marbrier", "Obsidiane", "Porphyrat", "Schistel", "Travertin",
)  # fmt: skip
_TALK = """\
Consultante: Quelle est la priorité ?
Rose Ardoisier: La productivité d'abord. Le reporting mensuel prend six heures par semaine à l'équipe.
Consultante: Qui attend qui ?
Rose Ardoisier: Le polissage attend les maquettes de la taille, deux jours à chaque fois.
"""  # noqa: E501  a turn is a line


def _csv(header: list[str], rows: list[list[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def _people() -> list[tuple[str, str, str]]:
    """Name, address, team."""
    return [
        (f"Rose {name}", f"rose.{name.lower()}@carriere.example", ("taille", "polissage")[n % 2])
        for n, name in enumerate(_SURNAMES)
    ]


def _entries(first: date, days: int, seed: int) -> str:
    draw = random.Random(seed)
    rows: list[list[object]] = []
    for offset in range(days):
        day = first + timedelta(days=offset)
        for _, email, _ in _people() if day.weekday() < 5 else []:
            morning = draw.choice((2, 3, 4))
            tasks = draw.sample(_TASKS, 2)
            rows += [[email, day, tasks[0], morning], [email, day, tasks[1], 7 - morning]]
    return _csv(["email", "jour", "tache", "heures"], rows)


def write_engagement(folder: Path) -> None:
    """Write the engagement as it was at its first publication; it bears the folder's name."""
    people = _people()
    form = [
        [email, "2026-02-10", task, 6 + (n + m) % 5]
        for n, (_, email, _) in enumerate(people)
        for m, task in enumerate(_TASKS)
    ]
    files = {
        "engagement.yaml": _CONFIG.replace(f"engagement: {NAME}", f"engagement: {folder.name}"),
        "roster.csv": _csv(
            ["name", "email", "team", "role"], [[n, e, t, "Graphiste"] for n, e, t in people]
        ),
        "inbox/forms/reponses.csv": _csv(["email", "date", "tache", "heures"], form),
        "inbox/timesheets/hiver.csv": _entries(date(2026, 1, 5), 85, 1),
        "inbox/timesheets/avril.csv": _entries(date(2026, 4, 1), 20, 2),
        "inbox/transcripts/direction.txt": _TALK,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def add_late_export(folder: Path, number: int = 0) -> None:
    """An export that arrives after the first publication and changes the published hours."""
    path = folder / "inbox" / "timesheets" / "fin_avril.csv"
    path.write_text(_entries(date(2026, 4, 21), 10, 3 + number), encoding="utf-8")
