"""decisions/*.csv and notes/*.md: what people decided, checked row by row.

Belongs here: the columns, closed lists and references of each decision file. Does not belong here:
the frozen baseline (freeze) and any use of a decision.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingestion.config import EngagementConfig
from ingestion.folding import folded_key
from ingestion.people_csv import Row, read_rows
from ingestion.roster import Person
from ingestion.vault import name_key
from ingestion.yaml_reading import read_text

Table = list[dict[str, Any]]

DECISION_COLUMNS: dict[str, tuple[str, ...]] = {
    "tasks": (
        "task_id", "task_name", "category", "training_hours", "gain_low", "gain_base",
        "gain_high", "eligible_share", "horizon", "owner", "deadline",
    ),
    "task_map": ("source", "label", "task_id"),
    "tags": ("task_id", "nature", "rule_share", "is_waiting", "reviewer", "reason"),
    "scores": ("rater", "task_id", "criterion", "score", "reason"),
    "interventions": (
        "intervention_id", "task_id", "team", "started_on", "planned_gain", "randomised", "tool",
        "owner", "deadline",
    ),
    "approvals": ("what", "subject", "approver", "approved_on"),
}  # fmt: skip
_REQUIRED: dict[str, tuple[str, ...]] = {
    "tasks": ("task_id", "task_name"),
    "task_map": ("source", "label", "task_id"),
    "tags": ("task_id", "nature"),
    "scores": ("rater", "task_id", "criterion", "score"),
    "interventions": ("intervention_id", "task_id", "team", "started_on"),
    "approvals": ("what", "subject", "approver", "approved_on"),
}
HORIZONS = ("now", "30_days", "90_days", "180_days", "later", "never")
SOURCES = ("form", "timesheet", "deliverable", "interview")
NATURES = ("human_value", "rule_based", "mixed", "undetermined")
CRITERIA = ("faster", "better", "consistent", "solution", "data", "integration", "risk", "horizon")
APPROVALS = ("publication", "baseline_freeze", "staff_council")
# Where task_map.csv may send a label besides tasks: time away, and work that is no task's.
ABSENCE, UNMAPPED = "absence", "unmapped"
ALL_INTERVENTIONS = "all"
_RESERVED = (ABSENCE, UNMAPPED, "other_tasks", ALL_INTERVENTIONS)
_KEY = "[a-z0-9_]+"
_KEY_MEND = "use a-z, 0-9 and _ only"


@dataclass
class Decisions:
    """The decision tables as rows of `RAW_TABLES`, free text not yet redacted."""

    tables: dict[str, Table] = field(default_factory=dict)
    notes: Table = field(default_factory=list)


def load_decisions(folder: Path, config: EngagementConfig, roster: Collection[Person]) -> Decisions:
    """Read and check all decision files and notes of an engagement folder.

    Raises:
        InputError: for the first wrong row, with file, row and mend.
    """
    rows = {stem: read_decision_rows(folder, stem) for stem in DECISION_COLUMNS}
    return Decisions(check_decisions(rows, config, roster), _read_notes(folder / "notes"))


def read_decision_rows(folder: Path, stem: str) -> list[Row]:
    """The rows of `decisions/<stem>.csv` of an engagement folder, values not yet checked.

    Raises:
        InputError: for a file that cannot be read, or a wrong header.
    """
    required = _REQUIRED[stem]
    optional = [c for c in DECISION_COLUMNS[stem] if c not in required]
    path = folder / "decisions" / f"{stem}.csv"
    return read_rows(path, f"decisions/{stem}.csv", required, optional)


def check_decisions(
    rows: Mapping[str, list[Row]], config: EngagementConfig, roster: Collection[Person]
) -> dict[str, Table]:
    """The decision tables, by name, from the rows of each decision file, wherever they stand.

    Raises:
        InputError: for the first wrong row, with its place and mend.
    """
    reading = _Reading(rows, config, names_of(roster))
    # Tasks first: the other files refer to them.
    return {f"decision_{stem}": read() for stem, read in reading.readers().items()}


def names_of(roster: Iterable[Person]) -> set[str]:
    """Name keys of everybody, nicknames included, to ask `names_a_person` with."""
    return {name_key(spelling) for person in roster for spelling in person.spellings}


def names_a_person(value: str, names: Collection[str]) -> bool:
    """Whether what should be a role is an address or one of `names`, given as name keys."""
    return "@" in value or name_key(value) in names


class _Reading:
    """One pass over the rows of all decision files."""

    def __init__(
        self, rows: Mapping[str, list[Row]], config: EngagementConfig, names: set[str]
    ) -> None:
        self._rows, self._names = rows, names
        self._day_first = config.settings.language == "fr"
        teams = config.settings.teams
        self._teams = {folded_key(team.name): key for key, team in teams.items()}
        self._teams |= {folded_key(key): key for key in teams}
        self._team_keys = list(teams)
        self._tasks: set[str] = set()

    def readers(self) -> Mapping[str, Callable[[], Table]]:
        return {
            "tasks": self._read_tasks, "task_map": self._read_task_map, "tags": self._read_tags,
            "scores": self._read_scores, "interventions": self._read_interventions,
            "approvals": self._read_approvals,
        }  # fmt: skip

    def _task(self, row: Row, extra: tuple[str, ...] = ()) -> str:
        known = {*self._tasks, *extra}
        return row.required_one_of("task_id", known, "a task_id of decisions/tasks.csv")

    def _role(self, row: Row, column: str) -> str | None:
        value = row.text(column)
        if value and names_a_person(value, self._names):
            raise row.error(f"{column} names a person; write the role instead")
        return value

    def _read_tasks(self) -> Table:
        result: Table = []
        lines: dict[str, int] = {}
        for row in self._rows["tasks"]:
            task = row.matching("task_id", _KEY, _KEY_MEND)
            if task in _RESERVED:
                raise row.error(f"task_id {task} is reserved; choose another")
            _once(row, lines, task, f"task_id {task}")
            gains = [row.number(f"gain_{end}", 0, 1) for end in ("low", "base", "high")]
            given = [gain for gain in gains if gain is not None]
            if given and len(given) < 3:
                raise row.error("gain_low, gain_base and gain_high: give all three or none")
            if given != sorted(given):
                raise row.error("gain_low <= gain_base <= gain_high does not hold")
            result.append({
                "task_id": task, "task_name": row.required("task_name"),
                "category": row.text("category"),
                "training_hours": row.number("training_hours", 0),
                "gain_low": gains[0], "gain_base": gains[1], "gain_high": gains[2],
                "eligible_share": row.number("eligible_share", 0, 1),
                "horizon": row.one_of("horizon", HORIZONS), "owner": row.text("owner"),
                "deadline": row.day("deadline", self._day_first),
            })  # fmt: skip
        self._tasks = set(lines)
        return result

    def _read_task_map(self) -> Table:
        result: Table = []
        lines: dict[tuple[str, str], int] = {}
        for row in self._rows["task_map"]:
            source = row.required_one_of("source", SOURCES)
            label = row.required("label")
            _once(row, lines, (source, " ".join(label.casefold().split())), "this source and label")
            task = self._task(row, (ABSENCE, UNMAPPED))
            result.append({"source": source, "label": label, "task_id": task})
        return result

    def _read_tags(self) -> Table:
        result: Table = []
        lines: dict[str, int] = {}
        for row in self._rows["tags"]:
            task = self._task(row)
            _once(row, lines, task, f"task_id {task}")
            result.append({
                "task_id": task, "nature": row.required_one_of("nature", NATURES),
                "rule_share": row.number("rule_share", 0, 1),
                "is_waiting": row.flag("is_waiting"), "reviewer": self._role(row, "reviewer"),
                "reason": row.text("reason"),
            })  # fmt: skip
        return result

    def _read_scores(self) -> Table:
        result: Table = []
        lines: dict[tuple[str, str, str], int] = {}
        for row in self._rows["scores"]:
            row.required("rater")
            rater = self._role(row, "rater") or ""
            task = self._task(row)
            criterion = row.required_one_of("criterion", CRITERIA)
            row.required("score")
            key = (rater.casefold(), task, criterion)
            _once(row, lines, key, f"the {criterion} score of {rater} for {task}")
            result.append({
                "rater": rater, "task_id": task, "criterion": criterion,
                "score": row.number("score", 1, 5), "reason": row.text("reason"),
            })  # fmt: skip
        return result

    def _read_interventions(self) -> Table:
        result: Table = []
        lines: dict[tuple[str, str, str], int] = {}
        for row in self._rows["interventions"]:
            intervention = row.matching("intervention_id", _KEY, _KEY_MEND)
            if intervention == ALL_INTERVENTIONS:
                raise row.error(
                    f"intervention_id {ALL_INTERVENTIONS} names all of them together in the"
                    " results; choose another"
                )
            task = self._task(row)
            written = row.required("team")
            team = self._teams.get(folded_key(written)) or row.required_one_of(
                "team", self._team_keys, "a team key of engagement.yaml"
            )
            _once(row, lines, (intervention, task, team), "this intervention, task and team")
            row.required("started_on")
            result.append({
                "intervention_id": intervention, "task_id": task, "team_id": team,
                "started_on": row.day("started_on", self._day_first),
                "planned_gain": row.number("planned_gain", 0, 1),
                "is_randomised": row.flag("randomised") or False, "tool": row.text("tool"),
                "owner": row.text("owner"), "deadline": row.day("deadline", self._day_first),
            })  # fmt: skip
        return result

    def _read_approvals(self) -> Table:
        result: Table = []
        for row in self._rows["approvals"]:
            what = row.required_one_of("what", APPROVALS)
            subject = row.required("subject")
            if what == "publication":
                month = r"\d{4}-(0[1-9]|1[0-2])"
                subject = row.matching("subject", month, "write the approved month as YYYY-MM")
            if what == "baseline_freeze":
                mend = "write the hash that `jalon freeze` printed"
                subject = row.matching("subject", "[0-9a-f]{64}", mend)
            row.required("approver")
            row.required("approved_on")
            result.append({
                "what": what, "subject": subject, "approver": self._role(row, "approver"),
                "approved_on": row.day("approved_on", self._day_first),
            })  # fmt: skip
        return result


def _once(row: Row, lines: dict[Any, int], key: object, what: str) -> None:
    if key in lines:
        raise row.error(f"{what} stands on row {lines[key]} already; keep one of them")
    lines[key] = row.line


def _read_notes(folder: Path) -> Table:
    if not folder.is_dir():
        return []
    paths = sorted(p for p in folder.glob("*.md") if p.is_file())
    texts = ((path.stem, read_text(path).strip()) for path in paths)
    return [{"page": page, "text": text} for page, text in texts if text]
