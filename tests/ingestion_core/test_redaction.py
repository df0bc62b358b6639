"""Who is named in a text must go, and nothing else."""

import polars as pl
import pytest

from ingestion.config import load_engagement
from ingestion.redaction import Redactor
from ingestion.roster import load_roster
from ingestion.vault import new_vault
from tests.ingestion_core.conftest import CONFIG, Engagement

MICA, FELDSPATH = "[Directeur artistique, Création]", "[Rédactrice, Création]"
KAOLIN = "[Planneur, Planning stratégique]"


@pytest.fixture
def redactor(engagement: Engagement) -> Redactor:
    engagement.write("engagement.yaml", CONFIG + 'privacy: {mask: ["Quartz & Fils"]}\n')
    config = load_engagement(engagement.folder)
    roster = load_roster(engagement.folder, config)
    return Redactor(config, roster, new_vault(), {"Hélène Onyx": "[Présidente]"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vu avec Paul Mica.", f"Vu avec {MICA}."),
        ("vu avec paul mica", f"vu avec {MICA}"),
        ("MICA Paul, relecture", f"{MICA}, relecture"),
        ("relu par P. Mica", f"relu par {MICA}"),
        ("Mica P. relit", f"{MICA}. relit"),
        ("relu par Ines Felspath", f"relu par {FELDSPATH}"),
        ("Inès a validé", f"{FELDSPATH} a validé"),
        ("point Feldspaht", f"point {FELDSPATH}"),
        ("pa\u00adul mi\u200bca", MICA),
        ("Ine\u0300s", FELDSPATH),
        ("kaolin à relancer", f"{KAOLIN} à relancer"),
        ("Zoé Gneiss a dit", "[personne] a dit"),
        ("dossier paul.mica et paul_mica", f"dossier {MICA} et {MICA}"),
        ("d'Inès Feldspath", f"d'{FELDSPATH}"),
        ("Hélène Onyx tranche, Mme Onyx aussi", "[Présidente] tranche, Mme [Présidente] aussi"),
        ("budget quartz & fils", "budget [client]"),
    ],
)
def test_names(redactor: Redactor, text: str, expected: str) -> None:
    assert redactor.redact(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "marc de café, rose pâle, pierre ponce",
        "planche de mica, onglet zoé",
        "Matin : retouche, déclinaison 1080x1080, 2026-01-05 14:30",
        "Réf. 1234567890123 et devis 2026-000451",
        "Préparation de la réunion, micas",
        "Les paules",
    ],
)
def test_what_is_no_name_stays(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == text


@pytest.mark.parametrize(
    "secret",
    [
        "paul.mica@atelier.example",
        "Quelquun+x@sub.domaine.example",
        "quelquun (at) domaine.example",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "0612345678",
        "+33 6 12 34 56 78",
        "+33(0)612345678",
        "+44 20 7946 0958",
        "FR76 3000 6000 0112 3456 7890 189",
        "fr7630006000011234567890189",
        "DE89370400440532013000",
        "1 85 05 78 006 084 36",
        "185057800608436",
    ],
)
def test_identifiers(redactor: Redactor, secret: str) -> None:
    redacted = redactor.redact(f"Joindre {secret} avant midi")
    assert redacted is not None
    assert redacted.startswith("Joindre [") and redacted.endswith("] avant midi")
    assert sum(c.isdigit() for c in redacted) == 0


def test_a_column_is_redacted_like_its_texts(redactor: Redactor) -> None:
    texts = ["Paul Mica", None, "paul mica", "rien", "06 12 34 56 78", "Ine\u0300s", "", "Felspath"]
    column = redactor.redact_series(pl.Series("t", texts * 3))
    assert column.to_list() == [redactor.redact(text) for text in texts * 3]
    assert column.name == "t"


def test_surnames_of_erased_people_stay_redacted(engagement: Engagement) -> None:
    config = load_engagement(engagement.folder)
    roster = load_roster(engagement.folder, config)
    vault = new_vault()
    vault.admit(roster)
    vault.erase(roster[1])
    redactor = Redactor(config, [p for p in roster if p != roster[1]], vault)
    assert redactor.redact("avec Feldspath hier") == "avec [personne] hier"
    assert redactor.redact_series(pl.Series(["avec Feldspath"])).to_list() == ["avec [personne]"]
