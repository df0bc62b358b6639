"""Who is who: matching, pseudonyms, erasure, and a vault that is lost."""

import stat
from pathlib import Path

import pytest

from ingestion.config import load_engagement
from ingestion.errors import InputError
from ingestion.people import AMBIGUOUS, ERASED, MISSING, UNKNOWN, PeopleMatcher
from ingestion.roster import Person, load_roster
from ingestion.vault import Vault, load_vault, new_vault, save_vault
from tests.ingestion_core.conftest import Engagement


@pytest.fixture
def roster(engagement: Engagement) -> tuple[Person, ...]:
    return load_roster(engagement.folder, load_engagement(engagement.folder))


@pytest.mark.parametrize(
    ("email", "name", "line"),
    [
        ("Paul.Mica@Atelier.example", None, 2),
        (None, "MICA Paul", 2),
        (None, "feldspath, ines", 3),
        (None, "paul.mica@atelier.example", 2),
        ("z.gneiss@atelier.example", "Zoé Gneiss", 5),
        ("prive@ailleurs.example", "Paul Mica", 2),
    ],
)
def test_found(roster: tuple[Person, ...], email: str | None, name: str | None, line: int) -> None:
    found = PeopleMatcher(roster, new_vault()).find(email, name)
    assert found.person is not None and found.person.line == line


@pytest.mark.parametrize(
    ("email", "name", "reason"),
    [
        (None, "Zoé Gneiss", AMBIGUOUS),
        (None, "Paul Micat", UNKNOWN),
        (None, "Paul", UNKNOWN),
        ("paul.micca@atelier.example", None, UNKNOWN),
        (None, None, MISSING),
        ("", " - ", MISSING),
    ],
)
def test_not_found_and_never_created(
    roster: tuple[Person, ...], email: str | None, name: str | None, reason: str
) -> None:
    found = PeopleMatcher(roster, new_vault()).find(email, name)
    assert found.person is None and found.reason == reason


def test_a_typo_is_suggested_and_homonyms_are_not_named(roster: tuple[Person, ...]) -> None:
    matcher = PeopleMatcher(roster, new_vault())
    assert "Paul Mica" in matcher.find(None, "Paul Micat").mend
    assert "paul.mica@" in matcher.find("paul.micca@atelier.example", None).mend
    assert "did you mean" not in matcher.find("leo.quartz@atelier.example", None).mend
    ambiguous = matcher.find(None, "Zoé Gneiss").mend
    assert "2 people" in ambiguous and "Gneiss" not in ambiguous


def test_an_erased_person_is_known_by_keyed_hashes_only(
    engagement: Engagement, roster: tuple[Person, ...]
) -> None:
    vault = new_vault()
    vault.admit(roster)
    paul = roster[0]
    assert vault.erase(paul) is not None
    rest = PeopleMatcher(roster[1:], vault)
    assert rest.find(paul.email, paul.name).reason == ERASED
    assert rest.find(None, "MICA Paul").reason == ERASED
    save_vault(vault, engagement.vault, engagement.lake, "atelier-test")
    content = (engagement.vault / "atelier-test.json").read_text()
    assert "mica" not in content.casefold()
    with pytest.raises(InputError, match="row 2: this person was erased"):
        vault.admit(roster)


def test_the_vault_is_private_and_survives(
    engagement: Engagement, roster: tuple[Person, ...]
) -> None:
    engagement.ingest()
    path = engagement.vault / "atelier-test.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(engagement.vault.stat().st_mode) == 0o700
    before = load_vault(engagement.vault, engagement.lake, "atelier-test")
    engagement.write("notes/answer.md", "autre")
    engagement.ingest()
    after = load_vault(engagement.vault, engagement.lake, "atelier-test")
    assert before is not None and after is not None and before.people == after.people
    assert len(set(before.people.values())) == len(roster)
    assert all(len(value) == 32 for value in before.people.values())


def test_a_lost_or_foreign_vault_is_refused_and_never_minted_again(
    engagement: Engagement, tmp_path: Path
) -> None:
    engagement.ingest()
    path = engagement.vault / "atelier-test.json"
    content = path.read_text()
    path.unlink()
    engagement.write("notes/answer.md", "autre")
    with pytest.raises(InputError, match="is lost"):
        engagement.ingest()
    assert not path.exists()
    (engagement.lake / "atelier-test" / "vault_fingerprint").unlink()
    with pytest.raises(InputError, match="is lost"):
        engagement.ingest()
    save_vault(Vault(b"x" * 32), engagement.vault, engagement.lake, "atelier-test")
    path.write_text(content)
    with pytest.raises(InputError, match="not the vault"):
        engagement.ingest()
    path.write_text(content[:40])
    with pytest.raises(InputError, match="damaged"):
        engagement.ingest()
