"""Two hundred invented people in every kind of file that a client sends."""

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from ingestion.snapshot import Snapshot, ingest
from orchestration.paths import Home

FIRST = [
    "Anaïs",
    "Basile",
    "Céleste",
    "Damien",
    "Élodie",
    "Fabrice",
    "Gaëlle",
    "Hervé",
    "Inès",
    "Joël",
    "Karine",
    "Léo",
    "Maëva",
    "Noël",
    "Océane",
    "Pascal",
    "Quitterie",
    "Régis",
    "Solène",
    "Théo",
]
LAST = [
    "Basaltine",
    "Calcedonne",
    "Dioritet",
    "Émeraudier",
    "Feldspathon",
    "Granitelle",
    "Hématiste",
    "Jaspinet",
    "Kaolinier",
    "Lapilli",
]
CONFIG = """\
engagement: mille-pierres
client: Mille Pierres (fictif)
language: fr
timezone: Europe/Paris
currency: EUR
calendar:
  baseline: {start: 2026-01-01, end: 2026-03-31}
  programme_start: 2026-04
teams:
  creation: {name: Création, headcount: 200, hourly_cost: 40}
sources:
  forms:
    - {match: "*.csv", tool: generic, layout: long, columns: {person: email, submitted_at: date, task: tache, weekly_hours: heures}}
  transcripts:
    # Entretien de Théo Lapilli, relu par lui
    - file: groupe.vtt
      phase: immersion
      date: 2026-02-03
      speakers:
        Consultante: interviewer
        "Théo Lapilli": theo.lapilli@pierres.example
    - {file: duo.docx, phase: immersion, date: 2026-02-04, speakers: {Consultante: interviewer, "Théo Lapilli": theo.lapilli@pierres.example, Anaïs Basaltine: anais.basaltine@pierres.example}}
    - {file: seul.txt, phase: immersion, date: 2026-02-05, speakers: {Consultante: interviewer, Théo Lapilli: theo.lapilli@pierres.example}}
    - {file: groupe.json, phase: immersion, date: 2026-02-06}
"""  # noqa: E501  the file as it stands
ASCII = str.maketrans("âçèéëêïîôÉ", "aceeeeiioE")


@dataclass(frozen=True)
class Someone:
    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"{self.first}.{self.last}@pierres.example".lower().translate(ASCII)


@dataclass
class Agency:
    """An engagement folder in a home, with everybody in it."""

    home: Home
    people: list[Someone] = field(
        default_factory=lambda: [Someone(first, last) for first in FIRST for last in LAST]
    )

    @property
    def folder(self) -> Path:
        return self.home.engagement("mille-pierres")

    def write(self, name: str, content: str | bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def ingest(self) -> Snapshot:
        return ingest(self.folder, self.home.lake, self.home.vault)


def _csv(header: str, rows: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([header.split(separator), *rows])
    return out.getvalue()


def _toggl(people: list[Someone]) -> str:
    header = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date"
    header += ",End time,Duration,Tags,Amount ()"
    rows = [
        [
            p.name, p.email, "Ardoise", "Refonte", "Maquettes",
            f"revue avec {people[n - 1].name}", "No", "2026-02-13", "09:00:00", "2026-02-13",
            "10:30:00", "01:30:00", "", "",
        ]
        for n, p in enumerate(people)
    ]  # fmt: skip
    return _csv(header, rows)


def _harvest(people: list[Someone]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    header = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,First Name,Last Name"
    sheet.append([*header.split(","), "Roles", "Employee?"])
    for p in people:
        notes = f"point {p.first} {p.last.upper()}"
        row = ["2026-02-17", "Ardoise", "Refonte", "", "Textes", notes, 2.25, "No", p.first, p.last]
        sheet.append([*row, "", "Yes"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typeform(people: list[Someone]) -> str:
    items = [
        {
            "response_id": f"r{n}",
            "submitted_at": "2026-02-20T09:00:00Z",
            "answers": [
                {"field": {"id": "e"}, "type": "email", "email": p.email},
                {"field": {"id": "t"}, "type": "text", "text": f"comme dit {people[n - 1].name}"},
            ],
        }
        for n, p in enumerate(people)
    ]
    fields = [
        {"id": "e", "title": "Votre adresse e-mail professionnelle"},
        {"id": "t", "title": "Quelle tâche vous prend le plus de temps ?"},
    ]
    return json.dumps({"items": items, "fields": fields}, ensure_ascii=False)


GROUP = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Consultante>Qui valide les maquettes ?</v>

00:00:04.000 --> 00:00:09.000
<v Théo Lapilli>C'est moi qui relance tout le monde, chaque lundi, et Anaïs Basaltine le mardi.</v>

00:00:09.000 --> 00:00:15.000
<v Anaïs Basaltine>Je demande à Théo Lapilli, ou à T. Lapilli par écrit, puis j'attends.</v>
"""


@pytest.fixture
def agency(tmp_path: Path) -> Agency:
    agency = Agency(Home(tmp_path))
    people = agency.people
    agency.write("engagement.yaml", CONFIG)
    rows = [[p.name, p.email, "creation", "Graphiste"] for p in people]
    agency.write("roster.csv", _csv("name,email,team,role", rows))
    agency.write("inbox/timesheets/toggl.csv", "\ufeff" + _toggl(people))
    agency.write("inbox/timesheets/harvest.xlsx", _harvest(people))
    forms = [[p.email, "2026-02-20", f"Montage {n}", "3,5"] for n, p in enumerate(people)]
    form = _csv("email;date;tache;heures", forms, ";")
    agency.write("inbox/forms/long.csv", form.encode("cp1252"))
    agency.write("inbox/forms/typeform.json", _typeform(people))
    agency.write("inbox/transcripts/groupe.vtt", GROUP)
    said = [f"{p.name} : Je passe trois heures par semaine sur mes relances." for p in people[-2:]]
    agency.write("inbox/transcripts/seul.txt", f"Consultante : Combien ?\n\n{said[-1]}\n")
    segments = [
        {"start": n, "end": n + 1, "speaker": p.name, "text": f"{people[n - 1].name} me relance."}
        for n, p in enumerate(people)
    ]
    agency.write("inbox/transcripts/groupe.json", json.dumps(segments))
    document = Document()
    for line in ("Consultante : Et ensuite ?", "Théo Lapilli : Je range.", "Anaïs Basaltine : Ah."):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    agency.write("inbox/transcripts/duo.docx", out.getvalue())
    tasks = "task_id,task_name,category,owner\nmontage,Montage,Production,Théo Lapilli\n"
    agency.write("decisions/tasks.csv", tasks)
    agency.write("notes/time.md", "Vu avec Théo Lapilli (theo.lapilli@pierres.example).\n")
    return agency
