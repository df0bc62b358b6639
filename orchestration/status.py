"""Where each engagement stands: last publication, its age, rows kept out, decisions waiting.

Reads what is published; changes nothing and starts nothing. Does not belong here: how it is shown
(commands.publications).
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingestion.config import load_engagement
from ingestion.errors import InputError
from orchestration.engagements import active_engagements
from orchestration.paths import Home
from reports.errors import DamagedPublication
from reports.publication import published_months, read_manifest

# What a person has to decide, as one number each over published marts.
_WAITING = {
    "the strategic priority": "select count(*) from dim_engagements where priority is null",
    "tasks without a nature": "select count(*) from dim_tasks where nature = 'undetermined'",
    "tasks to adjudicate": "select count(*) from fct_matrix where needs_adjudication",
    "quick wins without owner or deadline": (
        "select count(*) from fct_matrix where is_selected and (owner is null or deadline is null)"
    ),
}


@dataclass(frozen=True)
class Status:
    """One engagement; what is unknown, as nothing is published, is None.

    Attributes:
        engagement: its name.
        is_active: whether it runs by itself.
        month: YYYY-MM of the last publication.
        build_id: its build.
        published_at: UTC time.
        age_days: whole days since.
        rows_quarantined: rows kept out.
        gate_warnings_count: warnings of the quality gate.
        decisions_waiting: how many, by what has to be decided; only what waits.
        retention_days_left: days until privacy.retain_until, negative after it.
        problem: why nothing can be told, with the mend.
    """

    engagement: str
    is_active: bool
    month: str | None = None
    build_id: str | None = None
    published_at: str | None = None
    age_days: int | None = None
    rows_quarantined: int | None = None
    gate_warnings_count: int | None = None
    decisions_waiting: dict[str, int] = field(default_factory=dict)
    retention_days_left: int | None = None
    problem: str | None = None

    @property
    def decisions_waiting_count(self) -> int:
        """All decisions that wait."""
        return sum(self.decisions_waiting.values())


def all_statuses(home: Home, now: datetime | None = None) -> list[Status]:
    """One per engagement, by name; a damaged publication spoils its own line only.

    Args:
        home: where the engagements are.
        now: the time that ages are told at.
    """
    active = set(active_engagements(home))
    now = now or datetime.now(UTC)
    return [
        replace(
            _status_of(home, name, name in active, now),
            retention_days_left=_retention_days_left(home, name, now),
        )
        for name in home.engagements()
    ]


def _status_of(home: Home, engagement: str, is_active: bool, now: datetime) -> Status:
    published = home.published(engagement)
    months = published_months(published)
    if not months:
        return Status(engagement, is_active)
    month = max(months)
    try:
        manifest = read_manifest(published, months[month])
        waiting = _decisions_waiting(published / ".builds" / months[month] / "marts")
    except (DamagedPublication, duckdb.Error) as error:
        told = str(error).splitlines()[0]
        mend = f"`jalon run {engagement} --month {month}` publishes it anew"
        return Status(engagement, is_active, month, months[month], problem=f"{told}; {mend}")
    held = sum(1 for file in manifest["inputs"] if file["status"] == "held")
    published_at = datetime.fromisoformat(manifest["published_at"])
    return Status(
        engagement,
        is_active,
        month,
        months[month],
        manifest["published_at"],
        (now - published_at).days,
        manifest["rows_quarantined"],
        len(manifest["gate"]["warnings"]),
        ({"files held back by a question": held} if held else {}) | waiting,
    )


def _decisions_waiting(marts: Path) -> dict[str, int]:
    with duckdb.connect() as connection:
        for table in ("dim_engagements", "dim_tasks", "fct_matrix"):
            path = str(marts / f"{table}.parquet").replace("'", "''")
            connection.execute(f"create view {table} as from read_parquet('{path}')")
        counts = {
            what: (connection.execute(sql).fetchone() or (0,))[0] for what, sql in _WAITING.items()
        }
    return {what: count for what, count in counts.items() if count}


def _retention_days_left(home: Home, engagement: str, now: datetime) -> int | None:
    """None where no end is agreed, or the config is broken."""
    try:
        config = load_engagement(home.engagement(engagement))
    except InputError:
        return None
    until = config.settings.privacy.retain_until
    return (until - now.astimezone(config.zone).date()).days if until else None
