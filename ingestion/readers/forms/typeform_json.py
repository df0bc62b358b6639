"""Typeform's API answer (`items[].answers[]`) as a form table; unanswered questions are absent.

Does not belong here: what the questions mean (mapping). Network ids and user agents in `metadata`
are not even read.
"""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from ingestion.parsed import ParsedFile
from ingestion.readers.delimited import read_delimited
from ingestion.readers.forms.reading import read_forms
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.settling import config_line
from ingestion.readers.table import Table
from ingestion.source_rule import SourceRule

_SUBMITTED = "Submit Date (UTC)"
_NUMBER = "#"


def is_json(head: bytes) -> bool:
    """Whether a file begins as JSON does."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def read_typeform_json(text: bytes, rule: SourceRule) -> ParsedFile:
    """Read the responses of Typeform's API; a row is an item, numbered from 1.

    Raises:
        RefusedFile: for JSON that is none, or no list of responses.
    """
    items, titles = _items(text)
    _check_titles(items, titles, rule)
    headers: dict[str, None] = dict.fromkeys((_NUMBER, _SUBMITTED))
    rows: list[dict[str, str]] = []
    for number, item in enumerate(items, start=1):
        row = {_NUMBER: str(number), _SUBMITTED: str(item.get("submitted_at") or "")}
        for name, value in _mapping(item.get("hidden")).items():
            row[str(name)] = str(value)
        for answer in item.get("answers") or ():
            if isinstance(answer, dict):
                row[_title(answer, titles)] = _value(answer)
        headers |= dict.fromkeys(row)
        rows.append(row)
    parsed = read_forms([_table(list(headers), rows)], rule)
    parsed.rows_in -= 1  # the header is ours, not the file's
    parsed.non_data -= {"header": 1}
    return parsed


def _items(text: bytes) -> tuple[list[dict[str, Any]], dict[str, str]]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedFile("the JSON is broken or cut short; export it again") from error
    top = content if isinstance(content, dict) else {"items": content}
    items = top.get("items")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RefusedFile("the JSON holds no items with answers; export the responses of the form")
    if not items or not any("answers" in item for item in items):
        raise RefusedFile("the JSON holds no response; export the responses of the form")
    definition = _mapping(top.get("form") or top.get("definition"))
    fields = top.get("fields") or definition.get("fields") or ()
    titles = {
        str(key): str(field["title"])
        for field in fields
        if isinstance(field, dict) and field.get("title")
        for key in (field.get("id"), field.get("ref"))
        if key
    }
    return items, titles


def _check_titles(items: list[dict[str, Any]], titles: Mapping[str, str], rule: SourceRule) -> None:
    """Stop where the answers name their questions by code alone and nobody told what these are.

    Raises:
        HeldFile: with the mapping as far as the kinds of the answers tell it.
    """
    fields = {
        _title(answer, titles): str(answer.get("type"))
        for item in items
        for answer in item.get("answers") or ()
        if isinstance(answer, dict) and "title" not in _mapping(answer.get("field"))
    }
    if titles or rule.columns or not fields:
        return
    email = next((name for name, kind in fields.items() if kind == "email"), None)
    guess = {"email": email} if email else {}
    line = config_line("forms", rule, tool="generic", layout="wide", columns=guess)
    raise HeldFile(
        "the answers name their questions by code only; export the responses as CSV, or put the "
        f"form's `fields` into the JSON, or add the codes in engagement.yaml under {line}",
        guess or None,
        tool="typeform",
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _title(answer: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    field = _mapping(answer.get("field"))
    known = titles.get(str(field.get("id"))) or titles.get(str(field.get("ref")))
    return str(field.get("title") or known or field.get("ref") or field.get("id") or "question")


def _value(answer: Mapping[str, Any]) -> str:
    value = answer.get(str(answer.get("type")))
    if isinstance(value, dict):
        labels = value.get("labels")
        if isinstance(labels, list):
            return ", ".join(str(label) for label in labels)
        return str(value.get("label") or value.get("other") or "")
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(value)


def _table(headers: list[str], rows: list[dict[str, str]]) -> Table:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([row.get(header, "") for header in headers] for row in rows)
    table = read_delimited(out.getvalue().encode("utf-8", "replace"), ",")
    numbers = np.arange(len(table), dtype=np.int64)
    return Table(None, table.data, ",", table.starts, table.ends, table.widths, numbers)
