import pytest

from llm_enrichment.grounding import Grounded, NotGrounded, ground, unit_not_said, unsupported
from tests.enrichment.quotes import SAME_WORDS, SENTENCES, SINGLE_CORRUPTIONS, corruptions

CORRUPTIONS = [*corruptions(), *SINGLE_CORRUPTIONS]


def test_the_set_is_large_enough():
    assert len(CORRUPTIONS) >= 60


@pytest.mark.parametrize(("source", "quote"), CORRUPTIONS)
def test_corrupted_quotes_never_pass(source: str, quote: str):
    assert isinstance(ground(quote, f"Alors oui. {source} Voilà."), NotGrounded)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_genuine_quotes_pass_however_they_are_spelt(sentence: str):
    turn = f"Bonjour. {sentence} C'est dit."
    for quote in (
        sentence,
        sentence.upper(),
        sentence.rstrip("."),
        sentence.replace("'", "’").replace("é", "e"),
        sentence.replace(" ", "  "),
        f"« {sentence} »",
        sentence.replace(", ", ", euh, ", 1),
    ):
        found = ground(quote, turn)
        assert isinstance(found, Grounded), quote
        assert turn[found.start : found.end] == found.quote
        assert found.quote == sentence.rstrip(".")


@pytest.mark.parametrize(("source", "quote"), SAME_WORDS)
def test_typography_and_whole_clauses_pass(source: str, quote: str):
    turn = f"Bon. {source} Voilà."
    found = ground(quote, turn)
    assert isinstance(found, Grounded)
    assert turn[found.start : found.end] == found.quote


def test_one_letter_of_a_long_word_may_differ():
    assert isinstance(ground("les validation du client", "Les validations du client"), Grounded)
    assert isinstance(ground("la marge", "la barge"), NotGrounded)


def test_an_empty_quote_is_refused():
    assert isinstance(ground(" … ", "Bonjour à tous"), NotGrounded)


def test_the_reason_names_what_differs():
    assert ground("On attend trois jours", "On attend deux jours") == NotGrounded("number")
    assert ground("on valide pas tout", "on valide plus tout") == NotGrounded("negation")
    assert ground("demander à Lina", "demander à Lila") == NotGrounded("name")


def test_claims_must_be_said():
    turn = "On attend deux jours le client. Tout est dans Notion."
    quote = "On attend deux jours le client."
    assert unsupported(turn, quote, [2.0], ["Notion"], [["client"]]) is None
    assert unsupported(turn, quote, [3.0]) == "number_not_in_quote"
    assert unsupported(turn, quote, tools=["Trello"]) == "tool_not_in_turn"
    assert unsupported(turn, quote, parties=[["studio", "production"]]) == "party_not_in_turn"


@pytest.mark.parametrize(
    ("unit", "quote", "is_missing"),
    [
        ("hours", "ça prend 2 h par rapport", False),
        ("hours/semaine", "deux heures par semaine", False),
        ("hours/week", "deux heures par mois", True),
        ("days", "on attend deux heures", True),
        ("%", "quinze pour cent", False),
        ("versions", "six allers-retours", False),
        ("EUR", "sept millions d'euros", False),
        ("months", "d'ici un an", True),
    ],
)
def test_units_must_be_said(unit: str, quote: str, is_missing: bool):
    assert unit_not_said(unit, quote) == is_missing
