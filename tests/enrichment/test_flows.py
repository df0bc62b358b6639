"""Who waits for whom and who misses whom: people who are no team, answers, irony, private talk."""

import pytest

from llm_enrichment.extraction.snapshot import read_interviews
from llm_enrichment.extraction.transcripts import extract
from tests.enrichment.snapshots import interview, write_snapshot
from tests.enrichment.test_extraction import facts_of

WAITS = "Qui est-ce que vous attendez ?"
BLOCKS = "Qu'est-ce qui vous freine ?"
GAPS = "Comment ça se passe avec les autres équipes ?"


@pytest.mark.parametrize(
    ("question", "answer", "provider", "thing"),
    [
        ("", "On attend toujours le BAT de l'imprimeur.", None, "BAT"),
        ("", "Notre avocate nous répond toujours trop tard.", None, "avocate"),
        ("", "We always wait two days for our lawyers.", None, "lawyers"),
        ("", "Chaque affiche doit être signée par le patron.", None, None),
        ("", "J'attends que les commerciaux me donnent le budget.", None, "commerciaux"),
        (WAITS, "L'avocate, pour les mentions.", None, "avocate"),
        (WAITS, "Le webmaster du client, pour poser les balises.", "client", None),
        (WAITS, "Media never give me the word counts before Friday.", "media", None),
        ("Who do you rely on?", "The printer, when he feels like it.", None, "printer"),
        ("Qui donne le feu vert ?", "La mairie, pour les affiches.", None, "mairie"),
        ("Who slows you down?", "The client, with five people.", "client", None),
        ("Qui doit dire oui ?", "Le compositeur, on l'a quand on l'a.", None, None),
        ("", "Nothing goes live before the broadcaster has seen it.", None, "broadcaster"),
    ],
)
def test_one_waits_for_people_who_are_no_team_as_well(tmp_path, question, answer, provider, thing):
    found = [f for f in facts_of(tmp_path, answer, question=question)]
    waits = [f for f in found if f.fact_type == "dependency"]
    assert [(f.waiting_team_id, f.providing_team_id, f.object) for f in waits] == [
        ("studio", provider, thing)
    ]


def test_she_is_who_was_named_in_the_sentence_before(tmp_path):
    found = facts_of(tmp_path, "L'avocate, surtout. Elle ne passe que le mardi.", question=WAITS)
    waits = [f for f in found if f.fact_type == "dependency"]
    assert [f.object for f in waits] == ["avocate", "avocate"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (WAITS, "Le média, non."),
        (WAITS, "Le papetier, lui, livre le jour dit."),
        (WAITS, "L'imprimeur, je n'ai jamais eu à l'attendre."),
        (WAITS, "Ma femme, pour dîner."),
        (WAITS, "Le client répond le jour même."),
        (WAITS, "Our printer is a gem, he calls me before I call him."),
        (WAITS, "Puis on envoie au client."),
        ("Qui attend après vous ?", "La création, qui voudrait la reco plus tôt."),
        ("On enregistre, d'accord ?", "L'imprimeur, pour ses histoires."),
        ("Et vos voisins ?", "L'imprimeur, monsieur Galet, un vieil ami."),
    ],
)
def test_no_wait_is_made_up(tmp_path, question, answer):
    found = facts_of(tmp_path, answer, question=question)
    assert not [f for f in found if f.fact_type == "dependency"]


@pytest.mark.parametrize(
    ("question", "answer", "is_found"),
    [
        (BLOCKS, "Le serveur, un régal, il plante tous les matins.", True),
        (BLOCKS, "Le serveur est rapide et ne plante jamais.", False),
        (BLOCKS, "Je ne vais pas me plaindre, mais on est trois pour deux licences.", True),
        (BLOCKS, "Le tram, coincé à la gare ce matin.", False),
        (BLOCKS, "Mon dos, je suis bloqué tous les hivers.", False),
        (BLOCKS, "On refait souvent le monde à midi.", False),
    ],
)
def test_trouble_at_work_blocks_also_where_it_is_praised(tmp_path, question, answer, is_found):
    found = facts_of(tmp_path, answer, question=question)
    assert any(f.fact_type == "blockage" for f in found) is is_found


@pytest.mark.parametrize(
    ("question", "answer", "gaps"),
    [
        ("", "La création croit qu'on sort ça en une heure.", ["creation"]),
        ("", "La création croit que le client signera.", []),
        (
            "",
            "Pour la création c'est un détail, pour nous c'est une nouvelle version.",
            ["creation"],
        ),
        ("", "La création change les noms de fichiers.", []),
        (GAPS, "La création change les noms de fichiers.", ["creation"]),
        (GAPS, "Media never looks at our schedule.", ["media"]),
        (GAPS, "On l'apprend par le client.", [None]),
        (GAPS, "They think it takes an hour.", [None]),
        (GAPS, "Le média change de bureau lundi.", []),
        (GAPS, "The studio and media share a calendar and it works.", []),
        ("Et ce métier ?", "On l'apprend par le client.", []),
        (GAPS, "Avec la création, on rigole bien.", []),
    ],
)
def test_teams_miss_one_another(tmp_path, question, answer, gaps):
    found = facts_of(tmp_path, answer, question=question)
    assert [f.providing_team_id for f in found if f.fact_type == "collaboration_gap"] == gaps


def test_a_short_question_goes_on_with_the_one_before(tmp_path):
    raw = write_snapshot(
        tmp_path,
        **interview(
            "immersion",
            "studio",
            (True, WAITS),
            (False, "Euh, laissez-moi réfléchir."),
            (True, "Par exemple ?"),
            (False, "L'avocate, pour les mentions."),
            (True, "Vous aimez votre métier, si je comprends bien ?"),
            (False, "L'imprimeur, pour ses histoires."),
        ),
    )
    waits = [f for f in extract(read_interviews(raw), []).facts if f.fact_type == "dependency"]
    assert [f.object for f in waits] == ["avocate"]


@pytest.mark.parametrize(
    "answer",
    [
        "My commute is fifty minutes.",
        "Ils croient qu'un post prend une heure.",
        "Le tram ce matin, trente-cinq minutes.",
        "En théorie c'est cinq jours.",
    ],
)
def test_a_figure_of_ones_life_or_of_ones_beliefs_is_no_measure(tmp_path, answer):
    found = facts_of(tmp_path, answer, question="Combien de temps ?")
    assert not [f for f in found if f.fact_type == "baseline_number"]
