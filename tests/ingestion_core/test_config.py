"""engagement.yaml: what is accepted, and what each mistake is told."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingestion.config import json_schema, load_engagement
from ingestion.errors import InputError
from ingestion.parsed import FileKind
from tests.ingestion_core.conftest import CONFIG, Engagement


def test_months_days_and_defaults(engagement: Engagement) -> None:
    settings = load_engagement(engagement.folder).settings
    assert settings.calendar.programme_start == date(2026, 4, 1)
    assert settings.calendar.baseline.end == date(2026, 3, 31)
    assert settings.privacy.min_group == 5


def test_a_number_is_low_base_and_high_set_by_the_client(engagement: Engagement) -> None:
    text = CONFIG + "assumptions:\n  seats: 12\n  conversion_rate: {base: 0.3, high: 0.4}\n"
    engagement.write("engagement.yaml", text + "  planned_hires: {creation: 1}\n")
    assumptions = load_engagement(engagement.folder).settings.assumptions
    assert assumptions.seats.model_dump() == {
        "low": 12, "base": 12, "high": 12, "source": None, "set_by": "client",
    }  # fmt: skip
    rate = assumptions.conversion_rate
    assert (rate.low, rate.base, rate.high) == (0.3, 0.3, 0.4)
    assert assumptions.planned_hires["creation"].base == 1


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("programme_start", "programm_start"), 8, "nearest known key is calendar.programme_start"),
        (("headcount: 4", "headcont: 4"), 10, "nearest known key is teams.creation.headcount"),
        (("currency: EUR", "currency: EUR\ncurrency: USD"), 6, "currency stands here twice"),
        (("2026-01-01", "01/01/2026"), 7, "YYYY-MM-DD"),
        (("2026-04", "2026-13"), 8, "YYYY-MM"),
        (("2026-03-31", "2025-03-31"), 7, "end lies before start"),
        (("headcount: 4", 'headcount: "4,5"'), 10, "teams.creation.headcount"),
        (("headcount: 4", "headcount: .nan"), 10, "teams.creation.headcount"),
        (("atelier-test", "Atelier"), 1, "engagement"),
        (("Europe/Paris", "Paris"), 4, "time zone"),
        (("  creation:", "\tcreation:"), 10, "tab"),
        (("language: fr", "language: [fr"), None, "no valid YAML"),
    ],
)
def test_a_mistake_names_line_and_mend(
    engagement: Engagement, change: tuple[str, str], line: int | None, words: str
) -> None:
    engagement.write("engagement.yaml", CONFIG.replace(*change, 1))
    with pytest.raises(InputError) as error:
        load_engagement(engagement.folder)
    assert words in str(error.value)
    assert line is None or f"line {line}:" in str(error.value)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("assumptions: {conversion_rte: 0.3}", "assumptions.conversion_rate"),
        ("assumptions: {conversion_rate: {low: 0.4, base: 0.3}}", "low <= base <= high"),
        ("assumptions: {conversion_rate: 33}", "at most 1"),
        ("assumptions: {baseline_hours: 3}", "cannot be set"),
        ("assumptions: {planned_hires: 1}", "by team"),
        ("assumptions: {planned_hires: {creaton: 1}}", "nearest is creation"),
        ("assumptions: {horizon_months: 6}", "at least 12"),
        ("assumptions: {working_weeks: {low: 40, base: 44, high: 46}}", "not varied"),
        ("privacy: {min_grp: 5}", "privacy.min_group"),
        ("sources: {timesheets: [{match: x, date_ordr: dmy}]}", "sources.timesheets.0.date_order"),
        ("sources: {transcripts: [{file: x, phase: 4}]}", "alignment (1)"),
        ("a: &a [*a]", "nested too deeply"),
    ],
)
def test_a_wrong_block(engagement: Engagement, block: str, words: str) -> None:
    engagement.write("engagement.yaml", CONFIG + block + "\n")
    with pytest.raises(InputError, match=r"engagement\.yaml, line 12"):
        load_engagement(engagement.folder)
    with pytest.raises(InputError) as error:
        load_engagement(engagement.folder)
    assert words in str(error.value)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"client: Caf\xe9", b"- a\n- b\n"])
def test_no_config_at_all_is_an_input_error(engagement: Engagement, content: bytes) -> None:
    engagement.write("engagement.yaml", content)
    with pytest.raises(InputError):
        load_engagement(engagement.folder)


def test_a_missing_config(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is missing"):
        load_engagement(tmp_path)


def test_the_last_matching_rule_wins(engagement: Engagement) -> None:
    rules = """\
sources:
  timesheets:
    - {match: "*.csv", tool: auto}
    - {match: "maison_*", tool: generic, date_order: dmy, columns: {person: Salarié}}
  transcripts:
    - {file: "comex.vtt", phase: comité}
    - {match: "*.vtt", phase: "2"}
"""
    engagement.write("engagement.yaml", CONFIG + rules)
    config = load_engagement(engagement.folder)
    assert config.source_rule(FileKind.TIMESHEET, "2026/Maison_mai.CSV").date_order == "dmy"
    assert config.source_rule(FileKind.TIMESHEET, "toggl.csv").tool == "auto"
    rule = config.transcript_source("comex.vtt")
    assert rule is not None and rule.phase == "deep_dive"


def test_json_schema_lists_every_block() -> None:
    schema = json.loads(json_schema())
    assert {"assumptions", "privacy", "llm", "report", "notify", "sources"} <= set(
        schema["properties"]
    )
    assert schema["additionalProperties"] is False
