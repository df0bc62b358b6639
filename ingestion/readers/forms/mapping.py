"""Which column of a form carries what: the tool's own columns, the questionnaire, the mapping.

Belongs here: headers to questions. Does not belong here: reading answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from ingestion.questionnaire import QUESTION_BY_TEXT, QUESTIONS, Question, normalise_question
from ingestion.readers.forms.tools import FormTool, code_of, is_private, without_code
from ingestion.readers.headers import normal_header
from ingestion.readers.outcome import RefusedFile

_MOST_BLOCKS = 40
# Names in `columns` of engagement.yaml that differ from the keys of the questions.
_RENAMED = {"email": "person_email", "task": "label", "tool": "tool_name"}
_KNOWN = {"person", "submitted_at", *_RENAMED, *(q.key for q in QUESTIONS)}


@dataclass
class FormColumns:
    """The columns of one form table.

    Attributes:
        submitted_at, person: index of the column, None where there is none; `person` may hold
            names or addresses.
        emails, names: indices by preference.
        questions: (index, question) of recognised questions.
        extras: index to question text of the others.
        finished: index of the column that tells a complete answer.
        submitted_header: normal header of the submission time.
    """

    submitted_at: int | None = None
    person: int | None = None
    emails: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    questions: list[tuple[int, Question]] = field(default_factory=list)
    extras: dict[int, str] = field(default_factory=dict)
    finished: int | None = None
    submitted_header: str = ""


def find_question(header: str) -> Question | None:
    """The question of the questionnaire with this text; codes and copies' digits are forgiven."""
    for text in (header, without_code(header), re.sub(r"\d+$", "", header.rstrip())):
        if question := QUESTION_BY_TEXT.get(normalise_question(text)):
            return question
    return None


def map_columns(
    headers: Sequence[str],
    tool: FormTool | None,
    columns: Mapping[str, str] | None,
    values: Sequence[Sequence[str]],
    codes: Sequence[str] | None = None,
) -> FormColumns:
    """Assign every column of a form.

    Args:
        headers: question texts as written.
        tool: the recognised tool, None for a generic file.
        columns: the mapping of `engagement.yaml`, which wins.
        values: the rows, to find what is never kept by its look.
        codes: the first header row where the texts stand in another one.

    Raises:
        RefusedFile: for a mapping that names a column that is not there.
    """
    normal = [normal_header(text) for text in (codes or headers)]
    taken = _declared(columns or {}, headers)
    result = FormColumns()
    for index, header in enumerate(headers):
        names = {normal[index], normal_header(without_code(normal[index])), code_of(normal[index])}
        column = [row[index] for row in values if index < len(row) and row[index]]
        if is_private(normal[index], column) or is_private(normal_header(header), column):
            continue
        if index in taken:
            _assign_declared(result, index, taken[index], normal[index])
        elif question := find_question(header):
            result.questions.append((index, question))
        elif tool and _assign_tool(result, index, names, tool):
            continue
        elif column:
            result.extras[index] = header or f"column {index + 1}"
    if tool:
        declared = any(key == "submitted_at" for key, _ in taken.values())
        result.submitted_at = result.submitted_at if declared else _preferred(tool, normal)
    if result.submitted_at is not None:
        result.submitted_header = normal[result.submitted_at]
    return result


def _preferred(tool: FormTool, normal: Sequence[str]) -> int | None:
    """The best of the columns that may carry the submission time."""
    for wanted in tool.submitted_at:
        for index, header in enumerate(normal):
            if wanted in (header, code_of(header)):
                return index
    return None


def _assign_tool(result: FormColumns, index: int, names: set[str], tool: FormTool) -> bool:
    """Take a column of the tool itself; False for a question."""
    if names & set(tool.finished):
        result.finished = index
    if names & set(tool.submitted_at):
        result.submitted_at = index if result.submitted_at is None else result.submitted_at
    elif names & set(tool.email):
        result.emails.append(index)
    elif names & set(tool.name):
        result.names.append(index)
    else:
        return bool(names & set(tool.ignored))
    return True


def _declared(columns: Mapping[str, str], headers: Sequence[str]) -> dict[int, tuple[str, int]]:
    """Index of each declared column to our key and the number of its block (0 outside blocks)."""
    normal = [normal_header(header) for header in headers]
    taken: dict[int, tuple[str, int]] = {}
    for name, header in columns.items():
        if name not in _KNOWN:
            near = get_close_matches(name, sorted(_KNOWN), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise RefusedFile(f"columns in engagement.yaml has the unknown name {name}{hint}")
        key = _RENAMED.get(name, name)
        numbers = range(1, _MOST_BLOCKS + 1) if "{n}" in header else range(1)
        found = 0
        for number in numbers:
            wanted = normal_header(header.replace("{n}", str(number)))
            if wanted in normal:
                taken[normal.index(wanted)] = (key, number)
                found += 1
        if not found:
            near = get_close_matches(normal_header(header), [h for h in normal if h], 1)
            hint = f"; did you mean {headers[normal.index(near[0])]}?" if near else ""
            raise RefusedFile(
                f"columns in engagement.yaml names {header} for {name}, which is no header of the "
                f"file{hint}"
            )
    return taken


def _assign_declared(
    result: FormColumns, index: int, declared: tuple[str, int], normal: str
) -> None:
    key, number = declared
    if key == "submitted_at":
        result.submitted_at, result.submitted_header = index, normal
    elif key == "person":
        result.person = index
    elif key == "person_email":
        result.emails.insert(0, index)
    else:
        model = next(q for q in QUESTIONS if q.key == key)
        position = max(number, 1) if model.block else 0
        result.questions.append(
            (index, Question(key, "", "", model.block, position, model.options))
        )
