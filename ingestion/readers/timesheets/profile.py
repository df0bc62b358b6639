"""What a timesheet tool's export looks like: a profile is data, one small module per tool.

Belongs here: the shape of a profile and its recognition by the set of headers. Does not belong
here: typed reading (typing) and the headers of any one tool.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Our names of columns. The label of an entry is the first of task, description, project that is
# filled.
FIELDS = (
    "entry_id", "email", "person", "person_2", "first_name", "last_name", "date", "start_time",
    "end_date", "end_time", "duration", "minutes", "hours", "task", "task_2", "description",
    "project", "client",
)  # fmt: skip
# The columns that a row cannot miss at its end and still be the same entry.
OPTIONAL_FIELDS = frozenset({"entry_id", "client", "end_date", "end_time", "start_time"})
# The columns of which a second, differing copy would make another entry.
DECISIVE_FIELDS = frozenset(
    {"email", "person", "first_name", "last_name", "date", "duration", "minutes", "hours"}
)


@dataclass(frozen=True)
class TimesheetProfile:
    """One tool's detailed export.

    Attributes:
        tool: its name in `engagement.yaml` and in the raw tables.
        signatures: sets of normal headers (`normal_header`); one of them wholly there is enough.
        columns: our field to the normal headers that may carry it, the preferred first.
        duration_fields: fields that give the time spent, the most exact first.
        bare_unit: unit of bare numbers in `duration`: `hours`, `minutes`, `seconds`, `days`;
            `whole`: seconds where all are whole and above 24, else hours; `unknown`: hours unless
            many are above 24, which holds the file.
        nulls: texts that the tool writes for nothing.
        undated: the reason under which rows without a date are declared non-data, "" where a
            date is simply missing.
        usual_date_order: the order the tool always writes, None where it follows a setting.
        also_named: other names of the tool in `engagement.yaml`.
    """

    tool: str
    signatures: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    duration_fields: tuple[str, ...] = ("duration", "minutes", "hours")
    bare_unit: str = "hours"
    nulls: frozenset[str] = field(default_factory=frozenset)
    undated: str = ""
    usual_date_order: str | None = None
    also_named: tuple[str, ...] = ()

    def resolve(self, headers: Sequence[str]) -> dict[str, int]:
        """Our fields to the indices of their columns; of duplicate headers the first counts."""
        place = {header: i for i, header in reversed(list(enumerate(headers))) if header}
        return {
            name: place[found]
            for name, wanted in self.columns.items()
            if (found := next((header for header in wanted if header in place), None)) is not None
        }

    def fit(self, headers: Sequence[str]) -> int:
        """Size of the largest signature that is wholly there, 0 for none."""
        there = set(headers)
        return max((len(s) for s in self.signatures if s <= there), default=0)


def signature(*headers: str) -> frozenset[str]:
    """A set of normal headers."""
    return frozenset(headers)


def best_profile(
    profiles: Sequence[TimesheetProfile], headers: Sequence[str]
) -> TimesheetProfile | None:
    """The profile whose signature covers most of the headers, None where none fits."""
    ranked = sorted(
        ((p.fit(headers), len(p.resolve(headers)), -i) for i, p in enumerate(profiles)),
        reverse=True,
    )
    return profiles[-ranked[0][2]] if ranked and ranked[0][0] else None
