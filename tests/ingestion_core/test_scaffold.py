"""What `jalon new` writes is usable as it is."""

import re
from datetime import date
from pathlib import Path

import pytest

from ingestion.config import load_engagement
from ingestion.errors import InputError
from ingestion.questionnaire import QUESTION_BY_TEXT, QUESTIONS, normalise_question
from ingestion.scaffold import new_engagement, questionnaire_markdown
from ingestion.snapshot import check


def test_a_new_engagement_passes_check(tmp_path: Path) -> None:
    folder = tmp_path / "maison-neuve"
    new_engagement(folder, "maison-neuve", date(2026, 2, 14))
    baseline = load_engagement(folder).settings.calendar.baseline
    assert (baseline.start, baseline.end) == (date(2025, 10, 1), date(2025, 12, 31))
    assert check(folder, tmp_path / "lake", tmp_path / "vault").files == []
    with pytest.raises(InputError, match="already"):
        new_engagement(folder, "maison-neuve")
    with pytest.raises(InputError, match="no engagement id"):
        new_engagement(tmp_path / "x", "Maison Neuve")


def test_the_commented_examples_of_the_config_are_valid(tmp_path: Path) -> None:
    folder = tmp_path / "maison-neuve"
    folder.mkdir()
    new_engagement(folder, "maison-neuve", date(2026, 2, 14))
    (folder / "logo.svg").write_text("<svg/>")
    path = folder / "engagement.yaml"
    example = re.compile(r"^# ((?: +(?:- )?|[a-z_]+:).*)$")
    lines = [
        match[1] if (match := example.match(line)) and "yaml-language" not in line else line
        for line in path.read_text().splitlines()
    ]
    path.write_text("\n".join(lines))
    settings = load_engagement(folder).settings
    assert settings.priority == "margin" and settings.sources.transcripts
    assert settings.privacy.mask and settings.llm.prices and settings.report.logo


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_questionnaire_holds_every_question_as_the_reader_knows_it(language: str) -> None:
    text = questionnaire_markdown(language)
    asked = re.findall(r"^\[\d+\] \*\*(.+)\*\*", text, re.MULTILINE)
    assert [QUESTION_BY_TEXT[normalise_question(q)] for q in asked] == list(QUESTIONS)


def test_question_texts_are_told_apart_in_both_languages() -> None:
    assert len(QUESTION_BY_TEXT) == 2 * len(QUESTIONS)


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ["20 % de temps en plus", "Baguette magique"]), ("en", ["20 % more", "Magic wand"])],
)
def test_the_guides_ask_what_the_method_wants(
    tmp_path: Path, language: str, words: list[str]
) -> None:
    new_engagement(tmp_path, "maison-neuve")
    for phase in ("alignment", "deep_dive", "immersion"):
        text = (tmp_path / "guides" / f"interview_{phase}_{language}.md").read_text()
        assert all(word in text for word in words)
    sections = re.findall(r"^## \d", text, re.MULTILINE)
    assert len(sections) == 7
