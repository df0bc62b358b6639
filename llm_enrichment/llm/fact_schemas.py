"""The form of each type of fact, as the model is asked for it, and which types a phase may give.

Belongs here: fields and their closed lists. Does not belong here: asking, grounding.
"""

from collections.abc import Mapping, Sequence
from typing import Any

TEXT = {"type": ["string", "null"]}
NUMBER = {"type": ["number", "null"]}
FLAG = {"type": ["boolean", "null"]}


def one_of(*values: str) -> dict[str, Any]:
    """A closed list, or nothing."""
    return {"anyOf": [{"type": "string", "enum": list(values)}, {"type": "null"}]}


# A wait is asked for as it was said; hours are worked out here.
_WAIT = {"wait_value": NUMBER, "wait_unit": one_of("hours", "days", "weeks")}
_FIELDS: dict[str, dict[str, Any]] = {
    "workflow_step": {
        "task": TEXT, "workflow": TEXT, "step_order": NUMBER, "detail": TEXT,
        "nature": one_of("human_value", "rule_based", "mixed"), "tool": TEXT, "documents": TEXT,
    },
    "dependency": {"waiting_team": TEXT, "providing_team": TEXT, "object": TEXT, **_WAIT},
    "collaboration_gap": {"waiting_team": TEXT, "providing_team": TEXT, "object": TEXT},
    "blockage": {
        "waiting_team": TEXT, "providing_team": TEXT, "object": TEXT, "cause": TEXT,
        "severity": NUMBER, **_WAIT,
    },
    "tool_use": {
        "tool": TEXT, "satisfaction": NUMBER, "is_imposed": FLAG, "missing_integration": TEXT,
        "redundant_with": TEXT,
    },
    "ai_usage": {
        "tool": TEXT, "task": TEXT, "polarity": one_of("works", "missing"), "detail": TEXT,
    },
    "wish": {"task": TEXT, "detail": TEXT},
    "baseline_number": {"task": TEXT, "object": TEXT, "number_value": NUMBER, "unit": TEXT},
    "document": {
        "document_name": TEXT,
        "document_kind": one_of("process", "template", "history", "knowledge", "other"),
        "document_status": one_of("exists", "obsolete", "oral", "missing"), "owner_role": TEXT,
    },
    "champion_signal": {"detail": TEXT},
    "priority_vote": {"topic": one_of("productivity", "growth", "margin")},
    "target": {
        "topic": TEXT, "number_value": NUMBER, "unit": TEXT, "horizon_months": NUMBER,
    },
    "pain_point": {"topic": TEXT, "detail": TEXT},
    "bandwidth_answer": {
        "topic": one_of("projects", "freelancers", "quality", "other"), "detail": TEXT,
    },
}  # fmt: skip
# The committee speaks of where to go, directors of their team, key people of their work.
_OF_DIRECTION = ("priority_vote", "target")
_OF_WORK = ("workflow_step", "tool_use", "document")


def types_of(phase: str | None) -> tuple[str, ...]:
    """Types of facts to look for in an interview of `phase`."""
    left_out = {"alignment": _OF_WORK, "immersion": _OF_DIRECTION}.get(phase or "", ())
    return tuple(name for name in _FIELDS if name not in left_out)


def fields_of(kind: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a fact of `kind` from `said`; null for what its closed list lacks."""
    return {
        name: said.get(name)
        for name, form in _FIELDS[kind].items()
        if "anyOf" not in form or said.get(name) in form["anyOf"][0]["enum"]
    }


def schema_of(types: Sequence[str]) -> dict[str, Any]:
    """JSON schema of one interview part's answer."""
    facts = []
    for name in types:
        fields = {
            "type": {"type": "string", "enum": [name]},
            "turn": {"type": "integer"},
            "quote": {"type": "string"},
            **_FIELDS[name],
        }
        facts.append(
            {
                "type": "object", "properties": fields, "required": list(fields),
                "additionalProperties": False,
            }
        )  # fmt: skip
    return {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "facts": {"type": "array", "items": {"anyOf": facts}},
        },
        "required": ["id", "facts"],
        "additionalProperties": False,
    }
