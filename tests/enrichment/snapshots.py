"""Small raw snapshots, written as ingestion writes them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ingestion.tables import RAW_TABLES, write_raw_table

TASKS = {
    "format_adaptation": "Déclinaison de formats",
    "campaign_reporting": "Reporting de campagnes",
    "chasing_approvals": "Attente et relance de validations",
    "creative_concept": "Conception créative",
}
TEAMS = {"creation": "Création", "studio": "Production et studio", "media": "Média et data"}


def interview(
    phase: str,
    team_id: str | None,
    *turns: tuple[bool, str],
    document_id: str = "doc-1",
    person_id: str = "p-1",
) -> dict[str, list[dict[str, Any]]]:
    """Return one interview; a turn is (is_interviewer, text)."""
    return {
        "transcripts": [
            {"document_id": document_id, "phase": phase, "team_id": team_id, "role": "Directrice"}
        ],
        "turns": [
            {
                "document_id": document_id,
                "turn_index": index,
                "speaker": "Directrice",
                "speaker_team_id": None if is_interviewer else team_id,
                "person_id": None if is_interviewer else person_id,
                "is_interviewer": is_interviewer,
                "text": text,
            }
            for index, (is_interviewer, text) in enumerate(turns, start=1)
        ],
    }


def write_snapshot(folder: Path, **tables: Iterable[dict[str, Any]]) -> Path:
    """Write every raw table; those not given are empty, the engagement's teams always there."""
    rows = {
        "engagement": [{"client": "Agence Granit"}],
        "teams": [{"team_id": i, "team_name": name} for i, name in TEAMS.items()],
        "decision_tasks": [{"task_id": i, "task_name": name} for i, name in TASKS.items()],
    } | tables
    for table in RAW_TABLES:
        write_raw_table(
            folder, table, [{"engagement_id": "granit"} | row for row in rows.get(table, [])]
        )
    return folder
