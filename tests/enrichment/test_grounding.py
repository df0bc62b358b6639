import time

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


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("Tout budget au-dessus de 10,000 euros", "Tout budget au-dessus de 10 euros"),
        ("On gagne 20 heures par mois", "On gagne 20 heures par an"),
        ("On en refait un par mois", "On en refait un par an"),
        ("Nous gagnerions du temps", "Nous gagnerons du temps"),
        ("Nous attendons le client", "Nous attendions le client"),
        ("Il prendrait le relais", "Il prendait le relais"),
        ("The studio approved the files", "The studio approves the files"),
        ("C'est au-dessus du budget", "C'est au-dessous du budget"),
        ("On fait deux versions par campagne", "une version par campagne"),
        ("We have three meetings every week", "a meeting every week"),
        ("Cela prend vingt-quatre heures", "quatre heures"),
        ("Cela prend vingt-quatre heures", "Cela prend vingt"),
        ("It takes twenty-five minutes", "five minutes"),
        ("Dix millions d'euros", "Dix"),
        ("Cela prend trois heures", "Cela prend 4 heures"),
    ],
)
def test_figures_years_and_moods_are_not_changed_by_a_letter_or_a_cut(source: str, quote: str):
    assert isinstance(ground(quote, f"Bon. {source}."), NotGrounded)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("on attend 3 jours", "On attend trois jours"),
        ("on a fait quinze visuels", "On a fait 15 visuels"),
        ("above 10 000 euros", "Above 10,000 euros"),
        ("six jours par an", "Six jours par an"),
        ("un an", "Un an"),
    ],
)
def test_figures_in_words_or_digits_are_the_same(quote: str, source: str):
    found = ground(quote, f"{source}.")
    assert isinstance(found, Grounded) and found.quote == source


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("Notion nous fait gagner du temps", "Je crois que Notion nous fait gagner du temps"),
        ("nous y gagnerions", "Le directeur a dit que nous y gagnerions"),
        ("we lose a day", "I think that we lose a day"),
        ("la moitié part en retard", "Environ la moitié part en retard"),
        ("wait for the client", "usually wait for the client"),
        ("on livre mardi", "Si le client valide, on livre mardi"),
        ("on perd un jour", "on perd un jour si le client tarde"),
        ("they approve budgets", "they approve budgets above five, except for Granit"),
        ("on devrait en avoir un", "on devrait en avoir un, d'après la direction"),
        ("les demandes arrivent tard", "La plupart des demandes arrivent tard"),
        ("the clients answer", "some clients answer"),
        ("les versions partent", "Six versions partent"),
        ("un tiers part à l'heure", "À peine un tiers part à l'heure"),
        ("trois jours", "deux à trois jours"),
        ("15 minutes", "1 h 15 minutes"),
        ("trois heures", "trois heures et demie"),
    ],
)
def test_a_quote_is_kept_with_what_limits_it(cut: str, whole: str):
    turn = f"Oui. {whole}. Voilà."
    found = ground(cut, turn)
    assert isinstance(found, Grounded)
    assert found.quote == whole == turn[found.start : found.end]
    assert ground(found.quote, turn) == found


@pytest.mark.parametrize("noise", ["1", "1.000 ", "un ", "au moins ", "si "])
def test_a_long_turn_is_searched_at_once(noise: str):
    turn = f"{noise * (10_000 // len(noise))} on attend trois jours"
    began = time.process_time()
    found = ground("trois jours", turn)
    assert time.process_time() - began < 2
    assert isinstance(found, Grounded) and turn[found.start : found.end] == found.quote


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
