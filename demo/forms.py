"""What people declared: Google Forms' French CSV and a few answers in Microsoft Forms' workbook.

Belongs here: how people answer, and the two shapes. Does not belong here: what they really do
(people, hours).
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from openpyxl import Workbook

from demo.archives import without_clock
from demo.people import Person

_FIRST_ANSWER = datetime(2025, 11, 12, 9, 4, 11)
_OVERSHOOT = (1.05, 1.10)
_SMALL_TASK, _FORGETS_SMALL = 0.9, 0.5
_MICROSOFT_TEAMS, _MICROSOFT_EACH = ("media", "production"), 3
_OLD_WORDING = 12
_MICROSOFT_HEADER = (
    "ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom",
    "Heure de la dernière modification",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """One submitted form: `tasks` are (label, category, hours); `cells` the last questions."""

    person: Person
    submitted_at: datetime
    tasks: Sequence[tuple[str, str, float]]
    tools: Sequence[tuple[str, str, str, str]]
    cells: Mapping[str, str]


def form_files(
    people: Sequence[Person],
    agency: Mapping[str, Any],
    workload: Mapping[str, Any],
    form: Mapping[str, Any],
    rng: np.random.Generator,
) -> dict[str, bytes]:
    """All files of inbox/forms, by name.

    Args:
        people: everybody of the roster.
        agency: agency.yaml.
        workload: workload.yaml.
        form: form.yaml.
        rng: the source of chance.
    """
    answers = _answers(people, agency, workload, form, rng)
    taken: dict[str, int] = defaultdict(int)
    google, microsoft = [], []
    for answer in answers:
        team = answer.person.team
        if team in _MICROSOFT_TEAMS and taken[team] < _MICROSOFT_EACH:
            taken[team] += 1
            microsoft.append(answer)
        else:
            google.append(answer)
    return {
        "Questionnaire IA (réponses) - Réponses au formulaire 1.csv": _google(google, form),
        "Questionnaire IA(1-6).xlsx": _microsoft(microsoft, form),
    }


def question_texts(form: Mapping[str, Any]) -> list[str]:
    """All questions in the order in which they are asked."""
    tasks = [q.format(n=n) for n in range(1, form["task_blocks"] + 1) for q in form["task"]]
    tools = [q.format(n=n) for n in range(1, form["tool_blocks"] + 1) for q in form["tool"]]
    return [form["email"], *tasks, *tools, *form["after"].values()]


def _answers(
    people: Sequence[Person],
    agency: Mapping[str, Any],
    workload: Mapping[str, Any],
    form: Mapping[str, Any],
    rng: np.random.Generator,
) -> list[Answer]:
    answers = []
    for team, spec in workload["teams"].items():
        members = [p for p in people if p.team == team and p.left_on is None]
        silent = len(members) - spec["respondents"]
        # The newest colleagues are the ones who do not answer.
        for person in members[: len(members) - silent]:
            answers.append(_answer(person, agency, workload, form, rng))
    answers.sort(key=lambda a: a.submitted_at)
    return answers


def _answer(
    person: Person,
    agency: Mapping[str, Any],
    workload: Mapping[str, Any],
    form: Mapping[str, Any],
    rng: np.random.Generator,
) -> Answer:
    kept = {
        task: hours
        for task, hours in person.work.items()
        if hours > _SMALL_TASK or rng.random() > _FORGETS_SMALL
    }
    ranked = sorted(kept.items(), key=lambda x: -x[1])[: form["task_blocks"]]
    share = person.weekly_hours * rng.uniform(*_OVERSHOOT) / sum(hours for _, hours in ranked)
    tasks = []
    for task, hours in ranked:
        said = hours * share * float(np.exp(rng.normal(0, 0.1)))
        spec, known = workload["tasks"][task], agency["tasks"][task]
        words = [known["name"], *spec["labels"]]
        label = words[int(rng.integers(0, len(words)))]
        category = form["categories"][known["category"]]
        tasks.append((label, category, max(0.5, round(said * 2) / 2)))
    tools = [
        (name, form["satisfaction"][int(rng.integers(1, 5))], origin, missing)
        for name, origin, missing in form["tools"][person.team]
    ]
    familiarity = int(rng.integers(0, 5))
    longest, wish = tasks[0][0], tasks[int(rng.integers(0, len(tasks)))][0]
    cells = {
        "time_consuming": f"{longest}, {tasks[1][0]}",
        "low_value": tasks[-1][0],
        "ai_familiarity": form["familiarity"][familiarity],
        "ai_frequency": form["frequency"][min(3, familiarity)],
        "ai_works": form["works"][int(rng.integers(0, len(form["works"])))],
        "ai_missing": form["missing"][int(rng.integers(0, len(form["missing"])))],
        "wish": wish,
        "is_champion_candidate": form["yes_no"][0 if person.consents or familiarity == 4 else 1],
    }
    minutes = int(rng.integers(0, 18 * 24 * 60))
    submitted_at = _FIRST_ANSWER + timedelta(minutes=minutes, seconds=int(rng.integers(0, 60)))
    return Answer(person, submitted_at, tasks, tools, cells)


def _cells(answer: Answer, form: Mapping[str, Any]) -> list[str]:
    cells = [answer.person.email]
    for n in range(form["task_blocks"]):
        if n < len(answer.tasks):
            label, category, hours = answer.tasks[n]
            cells += [label, category, f"{hours:g}".replace(".", ",")]
        else:
            cells += [""] * len(form["task"])
    for n in range(form["tool_blocks"]):
        cells += answer.tools[n] if n < len(answer.tools) else [""] * len(form["tool"])
    return cells + [answer.cells[key] for key in form["after"]]


def _google(answers: Sequence[Answer], form: Mapping[str, Any]) -> bytes:
    """A question was reworded while the form was open; one person answered twice."""
    questions = question_texts(form)
    wish = questions.index(form["after"]["wish"])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["Horodateur", *questions, form["old_wish"]])
    again = answers[2]
    later = [*answers, Answer(again.person, answers[-1].submitted_at + timedelta(hours=3),
             again.tasks[:-1], again.tools, again.cells)]  # fmt: skip
    for number, answer in enumerate(later):
        cells, old = _cells(answer, form), ""
        if number < _OLD_WORDING:
            old, cells[wish] = cells[wish], ""
        row = [f"{answer.submitted_at:%d/%m/%Y %H:%M:%S}", *cells, old]
        # The service leaves out the empty cells at the end of the last row.
        writer.writerow(row if answer is not later[-1] else row[:-1])
    return out.getvalue().encode()


def _microsoft(answers: Sequence[Answer], form: Mapping[str, Any]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    # The service ends some of its headers with a blank.
    sheet.append([*_MICROSOFT_HEADER, *(f"{q} " if n % 7 == 0 else q
                 for n, q in enumerate(question_texts(form)))])  # fmt: skip
    for number, answer in enumerate(answers, start=1):
        end = answer.submitted_at
        sheet.append(
            [number, end - timedelta(minutes=14), end, answer.person.email, answer.person.name,
             None, *_cells(answer, form)]
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())
