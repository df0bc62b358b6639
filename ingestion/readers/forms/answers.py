"""The answers of one response: who, when, tasks, tools, closed answers, extras.

Belongs here: one row of a form. Does not belong here: columns (mapping) and files.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingestion.questionnaire import Question, option_value
from ingestion.readers.columns import fault_of
from ingestion.readers.durations import parse_weekly_hours
from ingestion.readers.forms.mapping import FormColumns

_HOURS_IN_WEEK = 168
_LEADING_MARK = re.compile(r"^\s*([1-5])(?:[.,]0+)?(?:\s*[-–—/:.)].*|\s*)$", re.DOTALL)
_YES = {"1", "true", "vrai", "yes", "oui", "y", "o", "x"}
_NO = {"0", "false", "faux", "no", "non", "n"}
_NOBODY = {"", "anonymous", "anonyme", "-", "n/a"}


class BadAnswer(Exception):
    """An answer that keeps the response out: reason code and mend."""

    def __init__(self, reason: str, mend: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.reason, self.mend = reason, mend


@dataclass
class Response:
    """One response, its children without their place in the file."""

    answers: dict[str, Any] = field(default_factory=dict)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    tools: list[dict[str, Any]] = field(default_factory=list)
    extras: list[tuple[str, str]] = field(default_factory=list)


def read_response(cells: Sequence[str], columns: FormColumns, headers: Sequence[str]) -> Response:
    """Read one row.

    Args:
        cells: the row, as wide as the headers.
        columns: which column carries what.
        headers: question texts, for answers that fit no closed list.

    Raises:
        BadAnswer: where nobody is named or the hours of a task cannot be read.
    """
    used = [index for index, _ in columns.questions] + [*columns.extras, *columns.emails]
    used += [*columns.names, *([] if columns.person is None else [columns.person])]
    if fault := fault_of(cells[index] for index in used):
        raise BadAnswer(*fault)
    response = Response()
    blocks: dict[tuple[str, int], dict[str, tuple[str, Question, int]]] = {}
    for index, question in columns.questions:
        text = cells[index]
        if not text:
            continue
        if question.block:
            block = blocks.setdefault((question.block, question.position), {})
            # A renamed question leaves two columns: the filled one counts.
            block.setdefault(question.key, (text, question, index))
        elif question.key not in response.answers:
            value = _closed(question, text)
            if value is None:
                response.extras.append((headers[index], text))
            else:
                response.answers[question.key] = value
    for (kind, position), block in sorted(blocks.items()):
        if kind == "task":
            _add_task(response, position, block, headers)
        else:
            _add_tool(response, position, block, headers)
    _identify(response, cells, columns)
    for index, text in columns.extras.items():
        if cells[index]:
            response.extras.append((text, cells[index]))
    return response


def _closed(question: Question, text: str) -> object:
    """The stored value of an answer; None for one outside of its closed list."""
    if question.key == "person_email":
        return text
    if question.key in ("is_champion_candidate", "is_imposed"):
        choice = option_value(question.options, text) or text.casefold()
        return True if choice in _YES else False if choice in _NO else None
    if question.key in ("ai_familiarity", "satisfaction"):
        mark = _LEADING_MARK.match(text)
        found = mark[1] if mark else option_value(question.options, text)
        return int(found) if found else None
    if question.options:
        return option_value(question.options, text.rstrip(";"))
    return text


def _add_task(
    response: Response,
    position: int,
    block: dict[str, tuple[str, Question, int]],
    headers: Sequence[str],
) -> None:
    if "label" not in block:
        for text, _, index in block.values():
            response.extras.append((headers[index], text))
        return
    label = block["label"][0]
    if "weekly_hours" not in block:
        raise BadAnswer(
            "bad_weekly_hours",
            f"task {position} has no hours per week; fill them in (0 where none are spent)",
        )
    category = None
    if "category" in block:
        text, question, index = block["category"]
        category = option_value(question.options, text.rstrip(";"))
        if category is None:
            category = text
    response.tasks.append(
        {
            "position": position,
            "label": label,
            "category": category,
            "weekly_hours": weekly_hours(block["weekly_hours"][0], f"task {position}"),
        }
    )


def weekly_hours(text: str, which: str) -> float:
    """Hours a week as written.

    Raises:
        BadAnswer: where they cannot be read, are negative or exceed a week.
    """
    # A week has fewer than a thousand hours: the sign in `1,125` can only be a decimal one.
    hours = parse_weekly_hours(text, "comma" if "," in text else "dot")
    if hours is None or not 0 <= hours <= _HOURS_IN_WEEK:
        raise BadAnswer(
            "bad_weekly_hours",
            f"the hours per week of {which} cannot be read; write a number such as 7.5 or 1h30",
        )
    return hours


def _add_tool(
    response: Response,
    position: int,
    block: dict[str, tuple[str, Question, int]],
    headers: Sequence[str],
) -> None:
    tool: dict[str, Any] = {}
    for key, (text, question, index) in block.items():
        value = _closed(question, text)
        if "tool_name" not in block or value is None:
            response.extras.append((headers[index], text))
        else:
            tool[key] = value
    if tool:
        response.tools.append(tool)


def _identify(response: Response, cells: Sequence[str], columns: FormColumns) -> None:
    """Who answered: the questionnaire's own question first, then what the tool knows."""
    emails = [response.answers.pop("person_email", ""), *(cells[i] for i in columns.emails)]
    names = [cells[i] for i in columns.names]
    if columns.person is not None:
        (emails if "@" in cells[columns.person] else names).insert(0, cells[columns.person])
    email = next((text for text in emails if text.casefold() not in _NOBODY), None)
    name = next((text for text in names if text.casefold() not in _NOBODY), None)
    if email is None and name is None:
        raise BadAnswer(
            "missing_person",
            "the answer names nobody; fill in the e-mail address of the respondent",
        )
    response.answers |= {"person_email": email, "person_name": name}
