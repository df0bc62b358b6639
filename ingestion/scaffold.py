"""`jalon new`: an engagement folder to start from.

Belongs here: which files it holds, and the questionnaire as Markdown. Does not belong here: the
question texts (questionnaire) and the guides' words (templates/).
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from ingestion import atomic
from ingestion.config import CONFIG_NAME, json_schema
from ingestion.config_schema import ENGAGEMENT_PATTERN
from ingestion.decisions import DECISION_COLUMNS
from ingestion.errors import InputError
from ingestion.parsed import FileKind
from ingestion.questionnaire import QUESTIONS, TASK_BLOCKS, TOOL_BLOCKS, Question
from ingestion.roster import ROSTER_COLUMNS, ROSTER_NAME

_TEMPLATES = Path(__file__).parent / "templates"
_SCHEMA_NAME = "engagement.schema.json"
_RETENTION_DAYS = 3 * 365
_QUESTIONNAIRE_WORDS = {
    "fr": {
        "title": "Questionnaire : votre travail, vos outils, l'IA",
        "intro": (
            "Environ 15 minutes. Le but est de comprendre **les tâches**, jamais d'évaluer les "
            "personnes : les réponses sont lues par équipe ; une équipe de moins de cinq réponses "
            "n'est montrée qu'avec une autre, et une tâche que moins de trois personnes d'une "
            "équipe font n'est pas montrée à part. Des heures approximatives suffisent ; pensez à "
            "une semaine ordinaire."
        ),
        "build": (
            "Pour le consultant : recopiez les questions **mot pour mot** dans votre outil de "
            "formulaire (Google Forms, Microsoft Forms, Tally, Typeform, LimeSurvey…), elles sont "
            "reconnues à leur texte. Le numéro entre crochets ne se recopie pas. Gardez "
            f"{TASK_BLOCKS} blocs de tâches et {TOOL_BLOCKS} blocs d'outils ; seul le premier bloc "
            "est obligatoire."
        ),
        "who": "Vous", "task": "Vos tâches récurrentes", "tool": "Vos outils",
        "end": "L'IA et vous", "again": "mêmes choix que ci-dessus",
        "required": "obligatoire", "free": "réponse libre", "choice": "choix unique",
        "number": "nombre d'heures, par exemple 4,5",
    },
    "en": {
        "title": "Questionnaire: your work, your tools, AI",
        "intro": (
            "About 15 minutes. The aim is to understand **tasks**, never to rate people: answers "
            "are read by team; a team with fewer than five answers is only shown together with "
            "another, and a task that fewer than three of a team do is not shown by itself. Rough "
            "hours are enough; think of an ordinary week."
        ),
        "build": (
            "For the consultant: copy the questions **word for word** into your form tool (Google "
            "Forms, Microsoft Forms, Tally, Typeform, LimeSurvey…), they are recognised by their "
            "text. The number in brackets is not copied. Keep "
            f"{TASK_BLOCKS} task blocks and {TOOL_BLOCKS} tool blocks; only the first one is "
            "required."
        ),
        "who": "You", "task": "Your recurring tasks", "tool": "Your tools",
        "end": "AI and you", "again": "same choices as above",
        "required": "required", "free": "free text", "choice": "single choice",
        "number": "number of hours, such as 4.5",
    },
}  # fmt: skip


def new_engagement(
    folder: Path, engagement_id: str, today: date | None = None, suggestions: Sequence[str] = ()
) -> list[Path]:
    """Write a new engagement folder: config, roster, decisions, inbox, questionnaire, guides.

    Args:
        folder: made here; it must not hold an engagement yet.
        engagement_id: the engagement's id.
        today: decides the dates that the config proposes.
        suggestions: lines of `assumptions:` that other agencies' figures suggest, as comments.

    Returns:
        The files written.

    Raises:
        InputError: the id is not valid or the folder holds an engagement.
    """
    if not re.fullmatch(ENGAGEMENT_PATTERN, engagement_id):
        raise InputError(
            f"{engagement_id!r} is no engagement id: use 2 to 40 of a-z, 0-9 and -"
        )  # fmt: skip
    if (folder / CONFIG_NAME).exists():
        raise InputError(f"{folder} holds an engagement already; choose another name")
    texts = {
        CONFIG_NAME: _config(engagement_id, today or date.today(), suggestions),
        _SCHEMA_NAME: json_schema(),
        ROSTER_NAME: ",".join(ROSTER_COLUMNS) + "\n",
    }
    for stem, columns in DECISION_COLUMNS.items():
        texts[f"decisions/{stem}.csv"] = ",".join(columns) + "\n"
    for language in ("fr", "en"):
        texts[f"guides/questionnaire_{language}.md"] = questionnaire_markdown(language)
        for phase in ("alignment", "deep_dive", "immersion"):
            name = f"interview_{phase}_{language}.md"
            texts[f"guides/{name}"] = (_TEMPLATES / name).read_text(encoding="utf-8")
    try:
        for below in [*(f"inbox/{kind}" for kind in FileKind), "notes"]:
            (folder / below).mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            atomic.write_bytes(folder / name, text.encode())
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}") from None
    return [folder / name for name in texts]


def _config(engagement_id: str, today: date, suggestions: Sequence[str]) -> str:
    """The commented config; the last full quarter is proposed as the baseline."""
    start_of_quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    end = start_of_quarter - timedelta(days=1)
    start = date(end.year, end.month - 2, 1)
    schema = f"# yaml-language-server: $schema={_SCHEMA_NAME}\n"
    template = (_TEMPLATES / CONFIG_NAME).read_text(encoding="utf-8")
    return schema + template.format(
        engagement=engagement_id,
        baseline_start=start.isoformat(),
        baseline_end=end.isoformat(),
        programme_start=start_of_quarter.strftime("%Y-%m"),
        suggestions=_suggested(suggestions),
        retain_until=(today + timedelta(days=_RETENTION_DAYS)).isoformat(),
    )


def _suggested(lines: Sequence[str]) -> str:
    title = "#   # Ranges of other agencies, to start from (`jalon portfolio`):\n"
    return title + "".join(f"#   {line}\n" for line in lines) if lines else ""


def questionnaire_markdown(language: str) -> str:
    """The questionnaire in one language, to be typed into any form tool."""
    words = _QUESTIONNAIRE_WORDS[language]
    lines = [f"# {words['title']}", "", words["intro"], "", f"> {words['build']}"]
    section = ""
    for number, question in enumerate(QUESTIONS, 1):
        is_first = number == 1
        title = words["who"] if is_first else words[question.block or "end"]
        if title != section:
            section = title
            lines += ["", f"## {section}"]
        lines += ["", f"[{number}] **{getattr(question, language)}**  ", _answer(question, words)]
        if question.position <= 1:
            lines += [f"- {getattr(option, language)}" for option in question.options]
    return "\n".join(lines) + "\n"


def _answer(question: Question, words: dict[str, str]) -> str:
    if question.options:
        kind = words["again" if question.position > 1 else "choice"]
    else:
        kind = words["number"] if question.key == "weekly_hours" else words["free"]
    return f"_{kind}{', ' + words['required'] if question.is_required else ''}_"
