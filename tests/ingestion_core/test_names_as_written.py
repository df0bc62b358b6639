"""Names parted, shortened and said otherwise go; tools and places that share one stay."""

import re

import polars as pl
import pytest

from ingestion.config import load_engagement
from ingestion.people import PeopleMatcher
from ingestion.redaction import Redactor
from ingestion.roster import load_roster
from ingestion.vault import new_vault
from tests.ingestion_core.conftest import Engagement

ROSTER = """\
name,email,team,role,weekly_hours,started_on,left_on,champion_consent
"Jean-Bernard ""Jibé"" Calcédoine",jbc@atelier.example,creation,Directeur,,,,
Robert (Bobby / Rob) Hématite,rh@atelier.example,creation,Graphiste,,,,
Sidonie Cornaline (stagiaire),sc@atelier.example,creation,Stagiaire,,,,
Abdoul-Karim Labradorite,ak@atelier.example,creation,Monteur,,,,
Trần Thị Jadéite Malachite,tt@atelier.example,creation,Productrice,,,,
Þórdís Silexdóttir,th@atelier.example,creation,Trafic,,,,
Gaël Le Flin'h,gl@atelier.example,creation,Média,,,,
Mary Beth McQuartzite,mb@atelier.example,creation,Social,,,,
Xu Obsidienne,xo@atelier.example,creation,Motion,,,,
Wim Brèchestätter,w.brechestaetter@atelier.example,creation,Son,,,,
Claude Travertin,ct@atelier.example,creation,Planneur,,,,
Geneviève Saint-Béryl,gb@atelier.example,creation,Achat,,,,
Anaïs Le Tuf-Granitelle,al@atelier.example,creation,Achat,,,,
Olivier Dumarbre,od@atelier.example,creation,Achat,,,,
Martin Porphyre,mp@atelier.example,creation,Web,,,,
Minh Lê,ml@atelier.example,creation,Web,,,,
Bruna Do,bd@atelier.example,creation,Web,,,,
Éloi Desbasalte (CDD),ed@atelier.example,creation,Web,,,,
Perle Tourmaline (mi-temps),pt@atelier.example,creation,Web,,,,
Agathe Sardoine (80 %),as@atelier.example,creation,Web,,,,
Ambre Lazurite (née Andésite),aa@atelier.example,creation,Web,,,,
Leonardo Pegmatite,lp@atelier.example,creation,Web,,,,
Bo,bo@atelier.example,creation,Web,,,,
"""


@pytest.fixture
def redactor(engagement: Engagement) -> Redactor:
    engagement.write("roster.csv", ROSTER)
    config, vault = load_engagement(engagement.folder), new_vault()
    redactor = Redactor(config, load_roster(engagement.folder, config), vault)
    return redactor.with_strangers(
        frozenset(vault.keyed_hash("word", word) for word in ("gontran", "serpentine"))
    )


@pytest.mark.parametrize(
    "name",
    [
        # what stands in quotes or brackets on the roster, and what a name is without it
        "Jibé", "jibé", "Jibé Calcédoine", "Jean-Bernard Calcédoine", "J.-B. Calcédoine",
        "J.-B.", "J-B", "j.-b.", "Bobby", "Rob", "Robert Hématite", "Sidonie Cornaline",
        # half a double name, two of four words
        "Abdoul", "Karim", "Jadéite Malachite", "Trần Thị Malachite",
        # letters that only some languages have
        "Thordis Silexdottir", "Thordis", "Brechestaetter", "BRECHESTATTER",
        # together or apart
        "Le Flinh", "LeFlinh", "Le Flin’h", "Mc Quartzite", "mac quartzite", "MacQuartzite",
        # parted at the end of a line or of a cue
        "Cal-\ncédoine", "Labra- dorite", "Serpen-\ntine", "Sidonie Corna-\nline",
        "St-Béryl", "Saint Béryl", "Anaïs Letuf", "Olivier Du Marbre", "DU MARBRE Olivier",
        "Éloi Des Basalte", "Minh Lê",
        # the name of before
        "Andésite", "Andésite Lazurite",
        # two letters
        "Xu",
    ],
)  # fmt: skip
def test_names_go_however_they_are_written(redactor: Redactor, name: str) -> None:
    text = f"Vu avec {name} hier"
    redacted = redactor.redact(text) or ""
    assert redactor.redact_series(pl.Series([text])).to_list() == [redacted]
    assert re.sub(r"(\[[^]]+\][ .]*)+", "", redacted) == "Vu avec hier"


@pytest.mark.parametrize(
    "text",
    [
        "Utiliser Claude pour les accroches", "Un prompt dans Claude", "ChatGPT et Claude",
        "Claude/Gemini", "Claude 4 et Claude Code", "the AI Claude, with Canva",
        "Tournage à Saint-Martin, puis St Claude", "Saint-Granit et Saint Onyx",
        "une dalle du marbre",
        "Le test A-B du bandeau", "Une sous-\ntraitance", "stagiaire à former", "xu",
        "Devis 415-2026-5550132 du 12-06", "Réf. 1234 5678 9012 3456",
        "linkedin.com/company/granit", "Voir U20 et W3C", "Réf. U047110815",
        # a surname that is a particle, and what stands in brackets behind other names
        "Le client relit. Do list", "BO du film", "Vu avec M. le maire",
        "Un CDD à mi-temps, 80 % du temps", "L'IA Claude", "Claude 3.5, sinon Gemini",
    ],
)  # fmt: skip
def test_tools_places_and_numbers_stay(redactor: Redactor, text: str) -> None:
    assert redactor.redact(text) == text
    assert redactor.redact_series(pl.Series([text])).to_list() == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Vu avec Claude hier", "Utiliser Claude's template", "Claude relit", "Claude et Martin",
        "J'ai Claude au téléphone", "Point Claude 30 min", "Relire avec Claude 2 h",
        "Claude et Leonardo relisent",
    ],
)  # fmt: skip
def test_a_colleague_who_is_called_like_a_tool_goes(redactor: Redactor, text: str) -> None:
    assert "Claude" not in (redactor.redact(text) or "")


def test_an_answer_about_tools_names_tools(redactor: Redactor) -> None:
    answers = pl.DataFrame({"tool": ["Claude", " claude ", None, "Claude Travertin", "Figma"]})
    redacted = redactor.redact_tools(answers, ["tool"])["tool"].to_list()
    assert redacted == ["Claude", " claude ", None, "[Planneur, Création]", "Figma"]


@pytest.mark.parametrize(
    ("secret", "kind"),
    [
        ("<@U04AB12CDEF>", "[profil]"),
        ("<@U04AB12CDEF|gontran>", "[profil]"),
        ("U04AB12CDEF", "[profil]"),
        ("https://fr.linkedin.com/in/gontran-serpentine-4b2/", "[profil]"),
        ("linkedin.com/in/gontran", "[profil]"),
        ("(415) 555-0132", "[téléphone]"),
        ("415-555-0132", "[téléphone]"),
        ("4970 1012 3456 7893", "[carte bancaire]"),
    ],
)
def test_profiles_cards_and_american_numbers_go(redactor: Redactor, secret: str, kind: str) -> None:
    text = f"Joindre {secret}, merci"
    assert redactor.redact(text) == f"Joindre {kind}, merci"
    assert redactor.redact_series(pl.Series([text])).to_list() == [f"Joindre {kind}, merci"]


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Jean-Bernard Calcédoine", 2),
        ("Jean-Bernard 'Jibé' Calcédoine", 2),
        ("CALCÉDOINE Jibé", 2),
        ("Bobby Hématite", 3),
        ("Sidonie Cornaline", 4),
    ],
)
def test_people_with_a_nickname_are_found(engagement: Engagement, written: str, line: int) -> None:
    engagement.write("roster.csv", ROSTER)
    roster = load_roster(engagement.folder, load_engagement(engagement.folder))
    person = PeopleMatcher(roster, new_vault()).find(None, written).person
    assert person is not None and person.line == line
