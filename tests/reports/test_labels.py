import json
import re
from pathlib import Path

from quality.expectations import all_expectations

EVIDENCE = Path(__file__).resolve().parents[2] / "reports" / "evidence"
LABELS = json.loads((EVIDENCE / "lib" / "labels.json").read_text(encoding="utf-8"))
SOURCES = [
    path.read_text(encoding="utf-8")
    for folder in ("lib", "components", "pages")
    for path in sorted((EVIDENCE / folder).rglob("*"))
    if path.suffix in {".js", ".svelte", ".md"}
]


def _values(message: str) -> set[str]:
    """Names of the values that a message takes; the words of its branches are none."""
    without_branches = re.sub(r"(one|other|yes|less|=0) \{(\w+)\}", r"\2", message)
    # A number decides the plural in one language and not in the other.
    return set(re.findall(r"\{(\w+)(?=[},])", without_branches)) - {"n"}


def test_both_languages_say_everything_with_the_same_values() -> None:
    for key, label in LABELS.items():
        assert set(label) == {"fr", "en"}, key
        assert label["fr"].strip() and label["en"].strip(), key
        assert _values(label["fr"]) == _values(label["en"]), key


def test_apostrophes_are_typographic() -> None:
    """In a message a straight apostrophe quotes, and would swallow the values behind it."""
    assert [key for key, label in LABELS.items() if "'" in label["fr"] + label["en"]] == []


def test_every_message_that_a_page_names_exists() -> None:
    named = {key for text in SOURCES for key in re.findall(r"\bt\(\s*'([^']+)'", text)}
    columns = {f"column.{key}" for text in SOURCES for key in re.findall(r"column\('(\w+)'", text)}
    assert len(named) > 100
    assert sorted((named | columns) - set(LABELS)) == []


def test_every_check_of_the_gate_has_words() -> None:
    names = {f"expectation.{expectation.name}" for expectation in all_expectations()}
    assert len(names) > 20
    assert sorted(names - set(LABELS)) == []


def test_pages_hold_no_text_of_their_own() -> None:
    for path in (EVIDENCE / "pages").rglob("*.md"):
        body = re.sub(r"```sql.*?```|<script>.*?</script>", "", path.read_text("utf-8"), flags=re.S)
        words = re.sub(r"<[^>]*>|\{[^{}]*(\{[^{}]*\}[^{}]*)*\}", "", body)
        assert words.strip() == "", path.name


def test_no_column_is_named_twice_in_a_source() -> None:
    for path in (EVIDENCE / "sources" / "marts").glob("*.sql"):
        columns = re.findall(r"^    (.+?),?$", path.read_text("utf-8"), flags=re.M)
        assert len(columns) == len(set(columns)) > 0, path.name
