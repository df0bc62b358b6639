"""Who is named in a text must go, and nothing else."""

import re

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
        "planche de mica, onglet rose",
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


EVERYDAY = """\
name,email,team,role,weekly_hours,started_on,left_on,champion_consent
Jean-Baptiste de La Roche,direction@atelier.example,creation,Directeur,,,,
Frédéric Lazurite,studio@atelier.example,creation,Graphiste,,,,
Nathalie Chrysoprase-Béryl,prod@atelier.example,creation,Productrice,,,,
Benjamin Zircon,trafic@atelier.example,creation,Trafic,,,,
Stéphane O'Péridot,montage@atelier.example,creation,Monteur,,,,
Marie Diorite,social@atelier.example,creation,Social,,,,
Marie Tuffeau,media@atelier.example,creation,Média,,,,
"""


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("JB de la Roche", ""),
        ("JB", ""),
        ("Jean-Ba", ""),
        ("jeanbaptiste", ""),
        ("delaroche", ""),
        ("DELAROCHE Jean-Baptiste", ""),
        ("fred lazurite", ""),
        ("Fred L.", " L."),
        ("#FredLazurite", "#"),
        ("maquette_FLazurite_v3", "maquette__v3"),
        ("lazuritef", ""),
        ("Nath", ""),
        ("Nathalie Béryl", ""),
        ("Chrysoprase", ""),
        ("Benji Zircon", ""),
        ("Ben Zircon", ""),
        ("operidot", ""),
        ("Marie", ""),
        ("Ben", ""),
        ("bon. Ben oui", "bon. Ben oui"),  # a filler of speech
        ("ben oui", "ben oui"),
    ],
)
def test_names_as_people_say_them(engagement: Engagement, text: str, left: str) -> None:
    engagement.write("roster.csv", EVERYDAY)
    config = load_engagement(engagement.folder)
    redactor = Redactor(config, load_roster(engagement.folder, config), new_vault())
    redacted = redactor.redact(f"vu {text} hier") or ""
    assert redactor.redact_series(pl.Series([f"vu {text} hier"])).to_list() == [redacted]
    assert re.sub(r"\[[^]]+\]", "", redacted) == f"vu {left} hier"


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        ("paulette point rubis arobase gmail point com", ""),
        ("paulette tiret rubis arobase orange point fr", ""),
        ("paulette dot rubis at gmail dot com", ""),
        ("paulette.rubis [at] gmail [dot] com", ""),
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", ""),
        ("rendez-vous at the point deux", "rendez-vous at the point deux"),
        ("zéro faute sur douze pages", "zéro faute sur douze pages"),
    ],
)
def test_addresses_and_numbers_said_aloud(redactor: Redactor, said: str, stays: str) -> None:
    redacted = redactor.redact(f"Note : {said}, merci") or ""
    assert re.sub(r"\[[^]]+\]", "", redacted) == f"Note : {stays}, merci"


def test_a_column_is_redacted_like_its_texts(redactor: Redactor) -> None:
    texts = ["Paul Mica", None, "paul mica", "rien", "06 12 34 56 78", "Ine\u0300s", "", "Felspath"]
    column = redactor.redact_series(pl.Series("t", texts * 3))
    assert column.to_list() == [redactor.redact(text) for text in texts * 3]
    assert column.name == "t"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("avec Sigismond Bretelle hier", "avec [personne] hier"),
        ("avec BRETELLE Sigismond hier", "avec [personne] hier"),
        ("avec sigismond bretelle hier", "avec [personne] hier"),
        ("Bretelle relit, Sigismond aussi", "[personne] relit, [personne] aussi"),
        ("une bretelle de sac", "une bretelle de sac"),
        ("vu par Pierre Marin hier", "vu par [personne] hier"),
        ("vu par Marin hier", "vu par [personne] hier"),
        ("Pierre ponce, bleu marin, teint rose", "Pierre ponce, bleu marin, teint rose"),
        ("avec Inès Topaze", "avec [personne]"),
        ("avec Inès", f"avec {FELDSPATH}"),
        ("avec Inès Feldspath", f"avec {FELDSPATH}"),
    ],
)
def test_strangers_lose_their_names_and_words_stay(
    engagement: Engagement, text: str, expected: str
) -> None:
    config, vault = load_engagement(engagement.folder), new_vault()
    words = ["sigismond", "bretelle", "pierre", "marin", "ines", "topaze"]
    strangers = frozenset(vault.keyed_hash("word", word) for word in words)
    roster = load_roster(engagement.folder, config)
    redactor = Redactor(config, roster, vault).with_strangers(strangers)
    assert redactor.redact(text) == expected
    assert redactor.redact_series(pl.Series([text])).to_list() == [expected]


def test_surnames_of_erased_people_stay_redacted(engagement: Engagement) -> None:
    config = load_engagement(engagement.folder)
    roster = load_roster(engagement.folder, config)
    vault = new_vault()
    vault.admit(roster)
    vault.erase(roster[1])
    redactor = Redactor(config, [p for p in roster if p != roster[1]], vault)
    assert redactor.redact("avec Feldspath hier") == "avec [personne] hier"
    assert redactor.redact_series(pl.Series(["avec Feldspath"])).to_list() == ["avec [personne]"]
