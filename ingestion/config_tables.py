"""Raw tables of config, roster, decisions, notes and the frozen baseline.

Belongs here: turning checked values into rows. Does not belong here: checking them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ingestion.assumption_keys import SCALAR_KEYS, TEAM_KEYS
from ingestion.config import EngagementConfig
from ingestion.decisions import Decisions
from ingestion.redaction import Redactor
from ingestion.roster import Person

Rows = list[dict[str, Any]]
# Free text of decisions; owners are roles, or names whose bearers accepted it.
_FREE_TEXT = {
    "decision_tasks": ("task_name",),
    "decision_task_map": ("label",),
    "decision_tags": ("reason", "reviewer"),
    "decision_scores": ("reason", "rater"),
    "decision_approvals": ("approver",),
}


def config_tables(config: EngagementConfig) -> dict[str, Rows]:
    """Tables of engagement.yaml, in its order."""
    settings = config.settings
    baseline = settings.calendar.baseline
    engagement = {
        "client": settings.client, "language": settings.language, "timezone": settings.timezone,
        "currency": settings.currency, "priority": settings.priority, "status": settings.status,
        "baseline_start": baseline.start, "baseline_end": baseline.end,
        "programme_start": settings.calendar.programme_start,
        "weekly_hours": settings.calendar.weekly_hours,
        "teams_can_swap": settings.growth.teams_can_swap,
        "min_group": settings.privacy.min_group, "share_benchmarks": settings.share_benchmarks,
        "retain_until": settings.privacy.retain_until, "logo": config.logo,
        "accent": settings.report.accent,
    }  # fmt: skip
    project_types = settings.project_types.items()
    return {
        "engagement": [engagement],
        "teams": [
            {"team_id": key, "team_name": team.name, "headcount": team.headcount,
             "hourly_cost": team.hourly_cost}
            for key, team in settings.teams.items()
        ],
        "assumptions": _assumptions(config),
        "project_types": [
            {"project_type": key, "project_type_name": kind.name, "price": kind.price,
             "annual_volume": kind.annual_volume, "external_cost": kind.external_cost}
            for key, kind in project_types
        ],
        "project_type_hours": [
            {"project_type": key, "team_id": team, "hours": hours}
            for key, kind in project_types
            for team, hours in kind.hours.items()
        ],
        "targets": [target.model_dump() for target in settings.targets],
    }  # fmt: skip


def _assumptions(config: EngagementConfig) -> Rows:
    given = config.settings.assumptions
    rows: Rows = []
    for key in SCALAR_KEYS:
        value = getattr(given, key)
        if value is not None:
            rows.append({"assumption": key, "team_id": None, **value.model_dump()})
    for key in TEAM_KEYS:
        for team, value in (getattr(given, key) or {}).items():
            ends = {"low": value.base, "base": value.base, "high": value.base}
            about = {"source": value.source, "set_by": value.set_by}
            rows.append({"assumption": key, "team_id": team, **ends, **about})
    return rows


def people_table(roster: Sequence[Person], pseudonyms: Mapping[str, str]) -> Rows:
    """One row per person of the roster, in its order; a name only with consent."""
    return [
        {
            "person_id": pseudonyms[person.email], "team_id": person.team, "role": person.role,
            "weekly_hours": person.weekly_hours, "started_on": person.started_on,
            "left_on": person.left_on, "champion_consent": person.champion_consent,
            "consented_name": person.name if person.champion_consent else None,
        }
        for person in roster
    ]  # fmt: skip


def decision_tables(decisions: Decisions, redactor: Redactor) -> dict[str, Rows]:
    """Decisions and notes with their free text redacted.

    Labels of task_map.csv are redacted like the labels of the inbox, so that they still match.
    """
    tables = {
        table: [
            row | {column: redactor.redact(row[column]) for column in _FREE_TEXT.get(table, ())}
            for row in rows
        ]
        for table, rows in decisions.tables.items()
    }
    tables["notes"] = [row | {"text": redactor.redact(row["text"])} for row in decisions.notes]
    return tables
