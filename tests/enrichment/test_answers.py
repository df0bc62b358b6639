"""What an answer says by its structure, with its question: facts, and what only looks so."""

from pathlib import Path

import pytest

from tests.enrichment.test_extraction import facts_of

WITH_MEDIA = "Et avec le média ?"
SLOWED = "Qu'est-ce qui vous ralentit ?"

HELD = [
    (WITH_MEDIA, "On a refait la bannière qu'ils avaient déjà livrée.", "collaboration_gap"),
    (WITH_MEDIA, "J'ai appris le changement de date par le client.", "collaboration_gap"),
    (WITH_MEDIA, "Ils parlent d'exclusivité, nous on promet le contraire.", "collaboration_gap"),
    ("Et alors ?", "Le média n'a rien dit du report.", "collaboration_gap"),
    ("How about media?", "By the time it reaches us, half the brief is gone.", "collaboration_gap"),
    ("How about media?", "They moved the launch without telling anyone.", "collaboration_gap"),
    (SLOWED, "Le serveur se ferme dès que trois maquettes sont ouvertes.", "blockage"),
    (SLOWED, "On n'a pas les droits sur la photothèque.", "blockage"),
    (SLOWED, "La consigne tient en trois mots.", "blockage"),
    ("What slows you down?", "Four directors have to agree on a banner.", "blockage"),
    ("Et alors ?", "Le média ne peut rien lancer avant d'avoir mes formats.", "dependency"),
    ("De qui avez-vous besoin ?", "La notaire de Brive doit parapher chaque page.", "dependency"),
    ("And then?", "The scans come from the printer.", "dependency"),
    ("Qu'est-ce qui est écrit ?", "Le protocole cite encore l'ancien logo.", "document"),
    ("Anything written down?", "Nobody has ever put together a list of fonts.", "document"),
    ("Un souhait ?", "Oui. Qu'une machine classe les factures à ma place.", "wish"),
    ("And then?", "The order form is parked on somebody's desk.", "blockage"),
    ("How about media?", "They didn't even mention the date.", "collaboration_gap"),
    ("How about media?", "Half of it doesn't reach us.", "collaboration_gap"),
    ("And then?", "We don't have access to the archive.", "blockage"),
]
NOT_HELD = [
    (WITH_MEDIA, "Ils sont charmants, on mange ensemble le jeudi.", "collaboration_gap"),
    (WITH_MEDIA, "Ils répondent dans l'heure, nous aussi.", "collaboration_gap"),
    (WITH_MEDIA, "Ils ne sont pas loin, on passe les voir.", "collaboration_gap"),
    ("How about media?", "They tell us everything in advance.", "collaboration_gap"),
    (SLOWED, "Dans ma boîte d'avant, le serveur plantait, donc on recommençait.", "blockage"),
    (SLOWED, "Rien n'est bloqué, quand on demande on reçoit.", "blockage"),
    (WITH_MEDIA, "Ils nous envoient le plan, nous on le décline.", "collaboration_gap"),
    (WITH_MEDIA, "Le média est au premier étage, nous au second.", "collaboration_gap"),
    ("How about media?", "They send the plan and we size it.", "collaboration_gap"),
    (SLOWED, "Les fichiers arrivent rangés, donc le travail avance.", "blockage"),
    ("What slows you down?", "When the schedule moves, somebody tells me.", "blockage"),
    ("Qu'est-ce qui est écrit ?", "J'ai un document à finir pour demain.", "document"),
    ("De qui avez-vous besoin ?", "La machine doit chauffer dix minutes.", "dependency"),
    (WITH_MEDIA, "Ils ne changent jamais rien sans nous prévenir.", "collaboration_gap"),
    (WITH_MEDIA, "Ils réservent la salle, on apporte le café.", "collaboration_gap"),
    ("What slows you down?", "I have to say the files are tidy.", "blockage"),
    ("Et alors ?", "Le média commence sans attendre mes remarques.", "dependency"),
    ("And then?", "Media doesn't wait for my comments.", "dependency"),
    ("Un souhait ?", "Rien de précis. Un fauteuil pour le chien de l'agence.", "wish"),
    (SLOWED, "Du coup j'ai mangé une pizza devant l'écran.", "blockage"),
]


@pytest.mark.parametrize(("question", "answer", "kind"), HELD)
def test_an_answer_holds_the_fact(tmp_path: Path, question: str, answer: str, kind: str) -> None:
    assert kind in {f.fact_type for f in facts_of(tmp_path, answer, question=question)}


@pytest.mark.parametrize(("question", "answer", "kind"), NOT_HELD)
def test_what_only_looks_so_is_none(tmp_path: Path, question: str, answer: str, kind: str) -> None:
    assert kind not in {f.fact_type for f in facts_of(tmp_path, answer, question=question)}
