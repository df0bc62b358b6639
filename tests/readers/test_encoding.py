import codecs

import pytest

from ingestion.readers.encoding import to_clean_utf8
from ingestion.readers.outcome import RefusedFile

FRENCH = [
    "Durée",
    "Projet;Durée\nRefonte – été;3h30\n",
    "Collaborateur;Date;Tâche\r\nNoël LÉGER;02/03/2026;Réunion à l'œil\r\n",
    "Qui,Quoi\nÉlodie Garçon,Créer la maquette\nJérôme,Intégration « test »\n",
    "Libellé;Coût\nForêt;2 000 €\nÇa va;3\nNaïve;4\nOù ?;5\n",
    "Tâche;7,5\nRéunion;3\nPréparation des créas;2\n",
    "Date;Tâche\n01/02/2026;Relecture épreuves\n",
]


@pytest.mark.parametrize("text", FRENCH)
@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman", "utf-8", "utf-8-sig", "utf-16"])
def test_french_is_read_right(text: str, encoding: str) -> None:
    assert to_clean_utf8(text.encode(encoding)).decode() == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(encoding: str) -> None:
    assert to_clean_utf8(FRENCH[1].encode(encoding)).decode() == FRENCH[1]


def test_other_scripts_are_left_to_the_detector() -> None:
    text = "Отчёт о времени сотрудников агентства за март и апрель, подробный список задач\n" * 3
    assert to_clean_utf8(text.encode("cp1251")).decode() == text


def test_classic_mac_line_ends_become_line_feeds() -> None:
    assert to_clean_utf8(b"a;b\r1;2\r") == b"a;b\n1;2\n"


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02\x03" * 50, codecs.BOM_UTF8 + b"caf\xe9", codecs.BOM_UTF16_LE + b"\x00\xd8",
     b"a;b\n\x00"],
)  # fmt: skip
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedFile):
        to_clean_utf8(data)


@pytest.mark.parametrize("damage", [b"R\xe9vision\n", "é".encode()[:1]])
def test_utf_8_with_a_lost_byte_stays_utf_8(damage: bytes) -> None:
    text = FRENCH[1] * 3
    clean = to_clean_utf8(text.encode() + damage).decode()
    assert clean.startswith(text)
    assert clean.count("\ufffd") == 1, "the row is kept out by this mark"
