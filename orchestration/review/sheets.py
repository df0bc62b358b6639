"""The sheets of the workbook: one per decision file, its columns, and what stands beside them.

Belongs here: keys, closed lists and bounds of each sheet, how a row is named and compared.
Does not belong here: XLSX (workbook), where proposals come from (proposals).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingestion.decisions import (
    ABSENCE,
    APPROVALS,
    CRITERIA,
    DECISION_COLUMNS,
    HORIZONS,
    NATURES,
    SOURCES,
    UNMAPPED,
)

ACCEPT = "accept"
YES_NO = ("yes", "no")
SHARE = (0.0, 1.0)
Key = tuple[str, ...]
Cells = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet, named like the decision file that it edits.

    Attributes:
        name: of the sheet and of the file, without `.csv`.
        key: columns that name a row.
        subject: columns that name what a proposal is about; more than one row may decide it.
        who: column that says who decided, or None.
        lists: closed list of a column; `tasks` and `teams` stand for those of the engagement,
            `places` for wherever a label may go.
        bounds: least and greatest number of a column, the latter None where there is none.
    """

    name: str
    key: tuple[str, ...]
    subject: tuple[str, ...]
    who: str | None = None
    lists: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float | None]] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the decision file."""
        return DECISION_COLUMNS[self.name]

    def key_of(self, cells: Mapping[str, str]) -> Key:
        """What makes a row the same row, spelling habits aside."""
        return _folded(cells, self.key)

    def subject_of(self, cells: Mapping[str, str]) -> Key:
        """What a row decides on."""
        return _folded(cells, self.subject)

    def is_empty(self, cells: Mapping[str, str]) -> bool:
        """Whether nothing but the key is filled in: no decision, or one withdrawn."""
        return not any(cells.get(column) for column in self.columns if column not in self.key)


@dataclass(frozen=True)
class ReviewRow:
    """One row of a sheet: the cells to decide in, and what stands beside them to decide by."""

    cells: Cells
    beside: Mapping[str, Any]
    is_decided: bool


_TASK = {"task_id": "tasks"}
SHEETS = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "tags", ("task_id",), ("task_id",), "reviewer",
            {**_TASK, "nature": NATURES, "is_waiting": YES_NO}, {"rule_share": SHARE},
        ),
        Sheet(
            "task_map", ("source", "label"), ("source", "label"), None,
            {"source": SOURCES, "task_id": "places"},
        ),
        Sheet(
            "tasks", ("task_id",), ("task_id",), None,
            {"horizon": HORIZONS},
            {
                "training_hours": (0.0, None), "gain_low": SHARE, "gain_base": SHARE,
                "gain_high": SHARE, "eligible_share": SHARE,
            },
        ),
        Sheet(
            "scores", ("rater", "task_id", "criterion"), ("task_id", "criterion"), "rater",
            {**_TASK, "criterion": CRITERIA}, {"score": (1.0, 5.0)},
        ),
        Sheet(
            "interventions", ("intervention_id", "task_id", "team"), ("task_id",), None,
            {**_TASK, "team": "teams", "randomised": YES_NO}, {"planned_gain": SHARE},
        ),
        Sheet("approvals", ("what", "subject"), ("what", "subject"), "approver",
              {"what": APPROVALS}),
    )
}  # fmt: skip


def same_cell(left: str, right: str) -> bool:
    """Whether two cells say the same, however a spreadsheet writes the number."""
    if left == right:
        return True
    try:
        return float(left) == float(right)
    except ValueError:
        return False


def same_cells(sheet: Sheet, left: Mapping[str, str], right: Mapping[str, str]) -> bool:
    """Whether two rows decide the same."""
    return all(same_cell(left.get(c, ""), right.get(c, "")) for c in sheet.columns)


def list_of(choice: str | Sequence[str], tasks: Sequence[str], teams: Sequence[str]) -> list[str]:
    """The words of a closed list."""
    if isinstance(choice, str):
        lists = {"tasks": tasks, "places": [*tasks, ABSENCE, UNMAPPED], "teams": teams}
        return list(lists[choice])
    return list(choice)


def _folded(cells: Mapping[str, str], columns: Sequence[str]) -> Key:
    return tuple(" ".join(cells.get(column, "").casefold().split()) for column in columns)
