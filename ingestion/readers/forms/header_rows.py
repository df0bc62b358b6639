"""The one, two or three rows that head a form export.

Belongs here: finding them and joining them to one text per column. Does not belong here: which
question a text is (mapping).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.readers.forms.mapping import find_question
from ingestion.readers.forms.tools import FormTool, find_tool
from ingestion.readers.headers import normal_header
from ingestion.readers.layout import find_header
from ingestion.readers.table import Table
from ingestion.source_rule import SourceRule

_IMPORT_ID = '{"importid"'
# Two recognised questions are no accident.
ENOUGH_QUESTIONS = 2


@dataclass(frozen=True)
class FormHeader:
    """The head of a form table.

    Attributes:
        record: its first row.
        rows: number of its rows.
        codes: the first row, by which the tool's own columns are known.
        texts: one question text per column.
        tool: the recognised tool, None for a generic file or a bare questionnaire.
    """

    record: int
    rows: int
    codes: list[str]
    texts: list[str]
    tool: FormTool | None


def find_form_header(table: Table, rule: SourceRule) -> FormHeader | None:
    """Find the head of a form, None where the table is none."""
    wanted = "auto" if rule.tool == "generic" else rule.tool

    def recognise(normal: list[str]) -> tuple[FormTool | None] | None:
        tool = find_tool(normal, wanted)
        if tool:
            return (tool,)
        if sum(find_question(header) is not None for header in normal) >= ENOUGH_QUESTIONS:
            return (None,)
        if rule.columns and _has_mapped(normal, list(rule.columns.values())):
            return (None,)
        return None

    found = find_header(table, recognise)
    if found is None:
        return None
    tool = found.match[0]
    if rule.tool == "generic":
        tool = None
    second = _row(table, found.record + 1, len(found.cells))
    third = _row(table, found.record + 2, len(found.cells))
    if tool and tool.tool == "qualtrics" and _is_import_row(third):
        return FormHeader(found.record, 3, found.cells, second, tool)
    if tool and tool.tool == "surveymonkey" and found.record + 1 < len(table):
        # A response has an id; the second row of headers stands over the questions only.
        names = frozenset().union(*tool.signatures)
        own = [cell for header, cell in zip(found.normal, second, strict=True) if header in names]
        if not any(own):
            texts = _joined(found.cells, second)
            return FormHeader(found.record, 2, _carried(found.cells), texts, tool)
    return FormHeader(found.record, 1, found.cells, found.cells, tool)


def _has_mapped(normal: Sequence[str], declared: Sequence[str]) -> bool:
    there = set(normal)
    wanted = {normal_header(header.replace("{n}", "1")) for header in declared}
    return len(there & wanted) * 2 >= len(wanted)


def _row(table: Table, record: int, width: int) -> list[str]:
    cells = table.cells(record) if record < len(table) else []
    return (cells + [""] * width)[:width]


def _is_import_row(cells: Sequence[str]) -> bool:
    return any(normal_header(cell).replace(" ", "").startswith(_IMPORT_ID) for cell in cells)


def _carried(cells: Sequence[str]) -> list[str]:
    """The question over several columns stands in the first of them."""
    carried: list[str] = []
    for cell in cells:
        carried.append(cell or (carried[-1] if carried else ""))
    return carried


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Question and choice; the second row of a question of one column says only `Response`."""
    texts = []
    carried = _carried(first)
    for index, text in enumerate(carried):
        alone = bool(first[index]) and (index + 1 == len(first) or bool(first[index + 1]))
        texts.append(text if alone or not second[index] else f"{text} [{second[index]}]")
    return texts
