"""Form exports of all tools: tables in, responses with their tasks, tools and extra answers out.

Belongs here: accounting for every row of a form. Does not belong here: the tools' own columns
(tools), headers (mapping) and one response (answers).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import polars as pl

from ingestion.parsed import (
    FORM_COLUMNS,
    FORM_EXTRA_COLUMNS,
    FORM_TASK_COLUMNS,
    FORM_TOOL_COLUMNS,
    FileKind,
    FileStatus,
    ParsedFile,
)
from ingestion.readers.dates import parse_moments
from ingestion.readers.forms.answers import BadAnswer, Response, read_response
from ingestion.readers.forms.header_rows import ENOUGH_QUESTIONS, FormHeader, find_form_header
from ingestion.readers.forms.mapping import FormColumns, find_question, map_columns
from ingestion.readers.headers import normal_header, normal_headers, total_kind
from ingestion.readers.layout import (
    Account,
    count_above,
    count_other_sheet,
    probable_header,
    rows_of_right_width,
    second_header,
)
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.settling import config_line, held_for_dates
from ingestion.readers.table import Table
from ingestion.source_rule import SourceRule

_UNFINISHED = {"", "0", "false", "faux"}
_GUESSES = {
    "email": ("mail", "courriel"),
    "person": ("nom", "name", "collaborateur", "salarie", "personne"),
    "submitted_at": ("date", "horodat", "timestamp", "submitted"),
    "task": ("tache", "task", "activite"),
    "weekly_hours": ("heure", "hour", "temps", "duree"),
    "category": ("categor", "type"),
}


def read_forms(tables: Sequence[Table], rule: SourceRule) -> ParsedFile:
    """Read the tables of one form export.

    Args:
        tables: its sheets, or its only table.
        rule: what the engagement declares about the file.

    Returns:
        The loadable file.

    Raises:
        HeldFile: where one line of config settles what the file cannot tell.
        RefusedFile: where the file cannot be read.
    """
    found = [(table, find_form_header(table, rule)) for table in tables]
    headed = [(table, header) for table, header in found if header]
    if not headed:
        raise _unknown(tables, rule)
    out = _Collected()
    tool = headed[0][1].tool
    for table, header in found:
        if header is None:
            count_other_sheet(table, out.account)
        else:
            _read_table(table, header, rule, out)
    return ParsedFile(
        kind=FileKind.FORM,
        tool=tool.tool if tool else "generic" if rule.columns else "questionnaire",
        status=FileStatus.LOADABLE,
        rows_in=sum(len(table) for table in tables),
        rows=_frame(out.responses, FORM_COLUMNS),
        form_tasks=_frame(out.tasks, FORM_TASK_COLUMNS),
        form_tools=_frame(out.tools, FORM_TOOL_COLUMNS),
        form_extras=_frame(out.extras, FORM_EXTRA_COLUMNS),
        quarantined=out.account.quarantined,
        non_data=out.account.non_data,
    )


class _Collected:
    """The rows of all frames, while the sheets are read."""

    def __init__(self) -> None:
        self.account = Account()
        self.responses: list[dict[str, Any]] = []
        self.tasks: list[dict[str, Any]] = []
        self.tools: list[dict[str, Any]] = []
        self.extras: list[dict[str, Any]] = []

    def add(self, origin: dict[str, Any], response: Response) -> None:
        self.responses.append(origin | response.answers)
        self.tasks += [origin | task for task in response.tasks]
        self.tools += [origin | tool for tool in response.tools]
        self.extras += [
            origin | {"question": question, "answer": answer}
            for question, answer in response.extras
        ]


def _read_table(table: Table, header: FormHeader, rule: SourceRule, out: _Collected) -> None:
    count_above(table, header.record, out.account, header.rows)
    first, width = header.record + header.rows, len(header.texts)
    needed, numbers = _needed(header, rule)
    records = rows_of_right_width(
        table, first, width, needed, out.account, read=numbers, is_header=_has_questions
    )
    rows = [(int(r), (table.cells(int(r)) + [""] * width)[:width]) for r in records]
    columns = map_columns(
        header.texts, header.tool, rule.columns, [cells for _, cells in rows], header.codes
    )
    moments = _submission_times(rows, columns, header, rule)
    is_long = rule.layout == "long"
    threads: dict[tuple[Any, ...], dict[str, Any]] = {}
    questions = {header.texts[index] for index, _ in columns.questions}
    seen: set[tuple[str, ...]] = set()
    for record, cells in rows:
        if len(questions.intersection(cells)) >= ENOUGH_QUESTIONS and cells != header.codes:
            raise second_header(table, record)
        if reason := _non_data_reason(cells, columns, header, moments):
            out.account.non_data[reason] += 1
            continue
        if tuple(cells) in seen:
            out.account.non_data["repeated_row"] += 1
            continue
        seen.add(tuple(cells))
        try:
            submitted_at = _submitted_at(cells, columns, header, moments)
            response = read_response(cells, columns, header.texts)
        except BadAnswer as bad:
            out.account.quarantine(table, record, bad.reason, bad.mend)
            continue
        response.answers |= {
            "submitted_at": submitted_at,
            "is_utc": header.tool is not None and header.tool.is_utc,
        }
        origin = {"sheet": table.sheet, "row_number": int(table.lines[record])}
        if is_long:
            _thread(origin, response, threads, out)
        else:
            out.add(origin, response)


def _has_questions(headers: Sequence[str]) -> bool:
    return sum(find_question(header) is not None for header in headers) >= ENOUGH_QUESTIONS


def _needed(header: FormHeader, rule: SourceRule) -> tuple[list[int], list[int]]:
    """What a response cannot miss at the end of its row, and where a cut text is another number.

    It needs the time of submission, in the long layout all.
    """
    columns = map_columns(header.texts, header.tool, rule.columns, [], header.codes)
    needed = [i for i in (columns.submitted_at, columns.person) if i is not None]
    if rule.layout == "long":
        needed += [index for index, q in columns.questions if q.key != "category"]
    numbers = [index for index, q in columns.questions if q.key == "weekly_hours"]
    return needed, [*needed, *numbers]


def _thread(
    origin: dict[str, Any],
    response: Response,
    threads: dict[tuple[Any, ...], dict[str, Any]],
    out: _Collected,
) -> None:
    """In the long layout the rows of one person and moment are one response."""
    answers = response.answers
    key = (answers["person_email"], answers["person_name"], answers["submitted_at"])
    if key not in threads:
        threads[key] = origin | {"tasks": 0}
        out.responses.append(origin | answers)
    else:
        out.account.non_data["same_response"] += 1
    first = threads[key]
    place = {"sheet": first["sheet"], "row_number": first["row_number"]}
    for task in response.tasks:
        first["tasks"] += 1
        out.tasks.append(place | task | {"position": first["tasks"]})
    out.extras += [place | {"question": q, "answer": a} for q, a in response.extras]


def _submission_times(
    rows: Sequence[tuple[int, list[str]]],
    columns: FormColumns,
    header: FormHeader,
    rule: SourceRule,
) -> dict[str, datetime]:
    if columns.submitted_at is None:
        return {}
    texts = {cells[columns.submitted_at] for _, cells in rows} - {""}
    usual = dict(header.tool.usual_date_order if header.tool else ())
    moments = parse_moments(texts, rule.date_order, usual.get(columns.submitted_header))
    held_for_dates(moments, rule, "forms", header.tool.tool if header.tool else "auto")
    return moments.by_text


def _submitted_at(
    cells: Sequence[str], columns: FormColumns, header: FormHeader, moments: dict[str, datetime]
) -> datetime | None:
    if columns.submitted_at is None:
        return None
    text = cells[columns.submitted_at]
    if header.tool and text and text == header.tool.undated:
        return None
    if not text:
        raise BadAnswer("missing_date", "the answer has no date of submission; fill it in")
    if text not in moments:
        raise BadAnswer(
            "bad_date", "the date of submission cannot be read; write it like the others"
        )
    return moments[text]


def _non_data_reason(
    cells: Sequence[str],
    columns: FormColumns,
    header: FormHeader,
    moments: dict[str, datetime],
) -> str | None:
    if normal_headers(cells) == normal_headers(header.codes):
        return "header"
    is_dated = columns.submitted_at is None or cells[columns.submitted_at] in moments
    if not is_dated and (total := total_kind(cells)):
        return total
    if columns.finished is not None and cells[columns.finished].casefold() in _UNFINISHED:
        return "incomplete"
    return None


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(
        {name: [row.get(name) for row in rows] for name in schema}, schema=schema, strict=True
    )


def _unknown(tables: Sequence[Table], rule: SourceRule) -> Exception:
    headers = [header for table in tables if (header := probable_header(table))]
    if not headers:
        return RefusedFile("no row of headers was found; put the questions in one row")
    best = max(headers, key=lambda header: len(set(header.normal)))
    guess: dict[str, str] = {}
    for name, words in _GUESSES.items():
        for cell, normal in zip(best.cells, best.normal, strict=True):
            if cell and cell not in guess.values() and any(word in normal for word in words):
                guess[name] = cell
                break
    blocks = _numbered(guess, best.normal)
    layout = "wide" if blocks else "long"
    guess |= blocks
    line = config_line("forms", rule, tool="generic", layout=layout, columns=guess)
    return HeldFile(
        "the headers are neither those of a known form tool nor of the questionnaire; check this "
        f"mapping (layout long or wide) and add it in engagement.yaml under {line}",
        guess or None,
    )


def _numbered(guess: Mapping[str, str], headers: Sequence[str]) -> dict[str, str]:
    """The guessed columns of which the next number is there too, `{n}` in the number's place."""
    blocks = {}
    for name, header in guess.items():
        pattern = re.sub(r"1(?!.*1)", "{n}", header)
        if "{n}" in pattern and normal_header(pattern.replace("{n}", "2")) in headers:
            blocks[name] = pattern
    return blocks
