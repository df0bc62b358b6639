"""Read the interviews out of a raw snapshot.

Pseudonyms are not read: who speaks is known by role and team.
Does not belong here: any pattern.
"""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from llm_enrichment.extraction.interviews import Context, Interview, Interviews, Turn
from llm_enrichment.normalise import readable
from llm_enrichment.settings import EnrichmentError


def read_interviews(raw: Path) -> Interviews:
    """Return every interview of the snapshot `raw`, by document id.

    Raises:
        EnrichmentError: for a snapshot that lacks a table.
    """
    teams = {row["team_id"]: row["team_name"] for row in _rows(raw, "teams", "team_id team_name")}
    tools = {
        readable(row["tool_name"])
        for row in _rows(raw, "form_tools", "tool_name")
        if row["tool_name"]
    }
    turns: dict[str, list[dict[str, Any]]] = {}
    columns = "document_id turn_index speaker speaker_team_id is_interviewer text"
    for row in _rows(raw, "turns", columns):
        turns.setdefault(row["document_id"], []).append(row)
    documents: list[Interview] = []
    contexts: dict[tuple[str, int], Context] = {}
    transcripts = _rows(raw, "transcripts", "document_id phase team_id role")
    for row in sorted(transcripts, key=lambda row: str(row["document_id"])):
        said: list[Turn] = []
        question = question_before = ""
        has_answered = False
        spoken = turns.get(row["document_id"], [])
        for turn in sorted(spoken, key=lambda turn: int(turn["turn_index"])):
            text = turn["text"] or ""
            if turn["is_interviewer"]:
                # Several turns of the interviewer in a row are one question.
                if has_answered:
                    question_before, question = question, text
                else:
                    question = f"{question} {text}".strip()
                has_answered = False
                continue
            has_answered = True
            team_id = turn["speaker_team_id"] or row["team_id"]
            place = (row["document_id"], turn["turn_index"])
            said.append(Turn(*place, text, team_id, question, question_before))
            role = turn["speaker"] if turn["speaker"] and turn["speaker_team_id"] else row["role"]
            contexts[place] = Context(row["phase"], team_id, role)
        documents.append(
            Interview(row["document_id"], row["phase"], row["team_id"], row["role"], tuple(said))
        )
    return Interviews(tuple(documents), teams, tuple(sorted(tools)), contexts)


def _rows(raw: Path, table: str, columns: str) -> list[dict[str, Any]]:
    path = raw / f"{table}.parquet"
    if not path.is_file():
        raise EnrichmentError(f"the raw snapshot has no table {table}; run the ingestion again")
    rows: list[dict[str, Any]] = pq.read_table(path, columns=columns.split()).to_pylist()
    return rows
