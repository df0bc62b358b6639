"""The truth file of the demo's interviews says only what the transcripts really hold."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from llm_enrichment.tables import ENRICHMENT_TABLES, FACT_TYPES

DEMO = Path(__file__).parents[2] / "demo"
FILES = sorted((DEMO / "transcripts").glob("*.txt"))
TRUTH = yaml.safe_load((DEMO / "transcripts_truth.yaml").read_text(encoding="utf-8"))
AGENCY = yaml.safe_load((DEMO / "agency.yaml").read_text(encoding="utf-8"))
WORDS_BY_PHASE = {"alignment": (900, 1300), "deep_dive": (1200, 1600), "immersion": (1500, 2200)}


class Turn(NamedTuple):
    name: str
    seconds: int
    text: str


def _read(path: Path) -> tuple[dict[str, str], list[Turn]]:
    header: dict[str, str] = {}
    turns = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            key, value = line[2:].split(": ", 1)
            header[key] = value
        else:
            name, at, text = line.split(" | ")
            minutes, seconds = at.split(":")
            turns.append(Turn(name, 60 * int(minutes) + int(seconds), text))
    return header, turns


def _facts(name: str) -> list[dict[str, Any]]:
    return [fact for fact in TRUTH["facts"] if fact["file"] == name]


def _cast() -> dict[str, set[str]]:
    return {
        "alignment": {person["name"] for person in AGENCY["committee"]},
        "deep_dive": {person["name"] for person in AGENCY["directors"].values()},
        "immersion": {person["name"] for person in AGENCY["key_people"].values()},
    }


def test_every_interviewee_of_the_cast_is_heard_once_in_the_right_phase() -> None:
    heard: dict[str, list[str]] = {phase: [] for phase in WORDS_BY_PHASE}
    for path in FILES:
        header, _ = _read(path)
        heard[header["phase"]].append(header["speakers"].split("; ")[1])
    assert {phase: set(names) for phase, names in heard.items()} == _cast()
    assert len(FILES) == sum(len(names) for names in _cast().values())


def test_the_three_formats_have_a_third_each() -> None:
    formats = [_read(path)[0]["format"] for path in FILES]
    assert sorted(formats) == ["teams_docx"] * 5 + ["text"] * 5 + ["zoom_vtt"] * 5


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_transcript_is_well_formed_and_long_enough(path: Path) -> None:
    header, turns = _read(path)
    speakers = header["speakers"].split("; ")
    assert speakers[0] == AGENCY["consultant"]["name"]
    assert path.name.startswith(f"{header['phase']}_")
    assert re.fullmatch(r"2025-1[0-2]-\d\d", header["date"])
    assert {turn.name for turn in turns} == set(speakers)
    times = [turn.seconds for turn in turns]
    assert times == sorted(set(times))
    words = sum(len(re.findall(r"\w+", turn.text)) for turn in turns)
    low, high = WORDS_BY_PHASE[header["phase"]]
    assert low <= words <= high


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_planted_quote_is_said_word_for_word_in_its_turn(path: Path) -> None:
    _, turns = _read(path)
    facts = _facts(path.name)
    assert len(facts) >= 7
    for fact in facts:
        holding = [index for index, turn in enumerate(turns, 1) if fact["quote"] in turn.text]
        assert holding == [fact["turn_index"]], fact["quote"]
        assert turns[fact["turn_index"] - 1].name != AGENCY["consultant"]["name"], fact["quote"]


def test_the_attributes_of_the_truth_are_those_of_the_facts_table() -> None:
    columns = {*ENRICHMENT_TABLES["facts"].names, "file", "note"}
    for fact in TRUTH["facts"]:
        assert fact["fact_type"] in FACT_TYPES
        assert set(fact) <= columns, fact["quote"]
        assert fact.get("task_id") in {*AGENCY["tasks"], None}, fact["quote"]
        for side in ("waiting_team_id", "providing_team_id"):
            assert fact.get(side) in {*AGENCY["teams"], None}, fact["quote"]
        assert (DEMO / "transcripts" / fact["file"]).is_file()


def test_every_fact_type_is_planted() -> None:
    assert {fact["fact_type"] for fact in TRUTH["facts"]} == set(FACT_TYPES)


def test_no_planted_quote_holds_an_identifier_that_redaction_will_change() -> None:
    values = [identifier["value"] for identifier in TRUTH["identifiers"]]
    assert values
    for fact in TRUTH["facts"]:
        assert not any(value in fact["quote"] for value in values)


def test_planted_identifiers_are_said_and_belong_to_nobody() -> None:
    allowed = {
        "email": r"[a-z.]+@belle-ardoise\.example",
        "phone": r"(01 99 00|06 39 98)( \d\d){2}",
        "person": r"\w+ \w+",
    }
    for identifier in TRUTH["identifiers"]:
        _, turns = _read(DEMO / "transcripts" / identifier["file"])
        assert any(identifier["value"] in turn.text for turn in turns)
        assert re.fullmatch(allowed[identifier["kind"]], identifier["value"])


def test_the_order_given_to_the_model_is_said_and_is_no_fact() -> None:
    assert TRUTH["hostile"]
    for hostile in TRUTH["hostile"]:
        _, turns = _read(DEMO / "transcripts" / hostile["file"])
        assert hostile["quote"] in turns[hostile["turn_index"] - 1].text
        assert not any(hostile["quote"] in fact["quote"] for fact in TRUTH["facts"])
