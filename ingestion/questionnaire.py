"""The questionnaire that `jalon new` writes, as constants: texts, keys and closed answers.

The form reader recognises its columns by `normalise_question`, in whatever form tool the questions
were typed. Changing a text breaks forms that are already out: add, do not edit.
Does not belong here: reading a form export (readers), the Markdown around it (scaffold).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

TASK_BLOCKS = 8
TOOL_BLOCKS = 5


@dataclass(frozen=True)
class Option:
    """One closed answer: what is stored, and how the form shows it."""

    value: str
    fr: str
    en: str


@dataclass(frozen=True)
class Question:
    """One question of the form.

    Attributes:
        key: the column of `parsed.py` that the answer fills.
        fr, en: the fixed text. In the text of a block, `{n}` stands for its number.
        block: `task` or `tool` for questions asked once per numbered block, else "".
        position: number of the block from 1 where expanded, else 0.
        options: the closed answers, empty for free text and numbers.
        is_required: whether the form must insist.
    """

    key: str
    fr: str
    en: str
    block: str = ""
    position: int = 0
    options: tuple[Option, ...] = ()
    is_required: bool = False


CATEGORIES = (
    Option("creation", "Création et rédaction", "Creative work and copywriting"),
    Option("production", "Production et exécution", "Production and execution"),
    Option("strategy", "Stratégie et études", "Strategy and research"),
    Option("client", "Relation client", "Client relations"),
    Option(
        "coordination", "Coordination et réunions internes", "Coordination and internal meetings"
    ),
    Option("media", "Média et reporting", "Media and reporting"),
    Option("social", "Réseaux sociaux et influence", "Social media and influence"),
    Option("administration", "Administratif et gestion", "Administration"),
    Option("other", "Autre", "Other"),
)
SATISFACTION = tuple(
    Option(str(n), fr, en)
    for n, fr, en in (
        (1, "1 - Pas du tout satisfait", "1 - Not at all satisfied"),
        (2, "2 - Peu satisfait", "2 - Rather unsatisfied"),
        (3, "3 - Moyennement satisfait", "3 - Neutral"),
        (4, "4 - Satisfait", "4 - Satisfied"),
        (5, "5 - Très satisfait", "5 - Very satisfied"),
    )
)
FAMILIARITY = tuple(
    Option(str(n), fr, en)
    for n, fr, en in (
        (1, "1 - Je n'ai jamais essayé", "1 - I have never tried"),
        (2, "2 - J'ai essayé quelques fois", "2 - I have tried a few times"),
        (3, "3 - Je m'en sers pour des choses simples", "3 - I use it for simple things"),
        (4, "4 - Je m'en sers à l'aise", "4 - I use it with ease"),
        (5, "5 - Je forme mes collègues", "5 - I train my colleagues"),
    )
)
FREQUENCY = (
    Option("never", "Jamais", "Never"),
    Option("monthly", "Quelques fois par mois", "A few times a month"),
    Option("weekly", "Quelques fois par semaine", "A few times a week"),
    Option("daily", "Tous les jours", "Every day"),
)
ORIGIN = (Option("true", "Imposé", "Imposed"), Option("false", "Choisi", "Chosen"))
YES_NO = (Option("true", "Oui", "Yes"), Option("false", "Non", "No"))

_BEFORE_BLOCKS = (
    Question(
        "person_email",
        "Votre adresse e-mail professionnelle",
        "Your work e-mail address",
        is_required=True,
    ),
)
TASK_QUESTIONS = (
    Question("label", "Tâche {n} : nom de la tâche", "Task {n}: name of the task", "task"),
    Question("category", "Tâche {n} : catégorie", "Task {n}: category", "task", 0, CATEGORIES),
    Question("weekly_hours", "Tâche {n} : heures par semaine", "Task {n}: hours per week", "task"),
)
TOOL_QUESTIONS = (
    Question("tool_name", "Outil {n} : nom de l'outil", "Tool {n}: name of the tool", "tool"),
    Question(
        "satisfaction",
        "Outil {n} : votre satisfaction (1 à 5)",
        "Tool {n}: your satisfaction (1 to 5)",
        "tool",
        0,
        SATISFACTION,
    ),
    Question(
        "is_imposed",
        "Outil {n} : imposé ou choisi ?",
        "Tool {n}: imposed or chosen?",
        "tool",
        0,
        ORIGIN,
    ),
    Question(
        "missing_integration",
        "Outil {n} : avec quoi devrait-il communiquer ?",
        "Tool {n}: what should it connect to?",
        "tool",
    ),
)
_AFTER_BLOCKS = (
    Question(
        "time_consuming",
        "Quelles tâches vous prennent trop de temps ?",
        "Which tasks take too much of your time?",
    ),
    Question(
        "low_value",
        "Quelles tâches vous semblent avoir peu de valeur ?",
        "Which tasks seem to you of low value?",
    ),
    Question(
        "ai_familiarity",
        "Votre familiarité avec l'IA générative (1 à 5)",
        "Your familiarity with generative AI (1 to 5)",
        options=FAMILIARITY,
    ),
    Question(
        "ai_frequency",
        "À quelle fréquence utilisez-vous l'IA dans votre travail ?",
        "How often do you use AI in your work?",
        options=FREQUENCY,
    ),
    Question(
        "ai_works",
        "Avec l'IA, qu'est-ce qui marche bien pour vous ?",
        "With AI, what works well for you?",
    ),
    Question(
        "ai_missing", "Avec l'IA, qu'est-ce qui vous manque ?", "With AI, what are you missing?"
    ),
    Question(
        "wish",
        "Baguette magique : quelle tâche disparaîtrait en premier ?",
        "Magic wand: which task would go first?",
    ),
    Question(
        "is_champion_candidate",
        "Souhaitez-vous être référent IA de votre équipe ?",
        "Would you like to be an AI champion for your team?",
        options=YES_NO,
    ),
)


def _expand(questions: tuple[Question, ...], blocks: int) -> tuple[Question, ...]:
    return tuple(
        Question(
            q.key,
            q.fr.format(n=n),
            q.en.format(n=n),
            q.block,
            n,
            q.options,
            is_required=q.block == "task" and n == 1,
        )
        for n in range(1, blocks + 1)
        for q in questions
    )


# All questions in the order in which they are asked, blocks expanded.
QUESTIONS: tuple[Question, ...] = (
    *_BEFORE_BLOCKS,
    *_expand(TASK_QUESTIONS, TASK_BLOCKS),
    *_expand(TOOL_QUESTIONS, TOOL_BLOCKS),
    *_AFTER_BLOCKS,
)


def normalise_question(text: str) -> str:
    """The text without accents, case, punctuation, emoji and doubled spaces.

    Form tools add trailing spaces, non-breaking spaces, stars for required questions and curly
    apostrophes; none of that changes which question it is.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


QUESTION_BY_TEXT: dict[str, Question] = {
    normalise_question(text): q for q in QUESTIONS for text in (q.fr, q.en)
}


@cache
def _values(options: tuple[Option, ...]) -> dict[str, str]:
    """The stored value of each normalised spelling."""
    return {
        spelling: option.value
        for option in reversed(options)
        for spelling in (
            option.value, normalise_question(option.fr), normalise_question(option.en)
        )
    }  # fmt: skip


def option_value(options: tuple[Option, ...], answer: str) -> str | None:
    """The stored value of a closed answer in either language, None if it is not one of them."""
    return _values(options).get(normalise_question(answer))
