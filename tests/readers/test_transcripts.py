import io
from pathlib import Path

import docx
import pytest

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from tests.readers.reading import column, read, reasons


def read_transcript(folder: Path, content: str | bytes) -> ParsedFile:
    return read(folder, content, FileKind.TRANSCRIPT)


def turns(parsed: ParsedFile) -> list[tuple[str | None, str]]:
    return list(zip(column(parsed, "speaker_name"), column(parsed, "text"), strict=True))


def document(*paragraphs: str) -> bytes:
    out = io.BytesIO()
    file = docx.Document()
    for text in paragraphs:
        file.add_paragraph(text)
    file.save(out)
    return out.getvalue()


def test_zoom_vtt(tmp_path: Path) -> None:
    text = (
        "WEBVTT\r\n\r\n"
        "1\r\n00:00:01.000 --> 00:00:03.500\r\nInès Jaspe: Bonjour à tous.\r\n\r\n"
        "2\r\n00:00:03.500 --> 00:00:05.000\r\non commence. Alors : le budget.\r\n\r\n"
        "3\r\n00:00:05.000 --> 00:00:07.000\r\nAshlee K. (SL): Oui, a < b et c > d &amp; e.\r\n\r\n"
        "4\r\n01:00:05.000 --> 01:00:07.000\r\nInès Jaspe: Fin\r\n"
    )
    parsed = read_transcript(tmp_path, text)
    assert parsed.tool == "zoom"
    assert turns(parsed) == [
        ("Inès Jaspe", "Bonjour à tous. on commence. Alors : le budget."),
        ("Ashlee K. (SL)", "Oui, a < b et c > d & e."),
        ("Inès Jaspe", "Fin"),
    ]
    assert (parsed.rows_in, dict(parsed.non_data)) == (4, {"same_turn": 1})
    assert column(parsed, "started_s") == [1.0, 5.0, 3605.0]
    assert column(parsed, "ended_s")[0] == 5.0
    assert column(parsed, "turn_index") == [1, 2, 3]
    assert column(parsed, "row_number") == [4, 12, 16]


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n\n",
        "Bonjour, voici des notes sans personne.\n",
        "{}",
        "[]",
    ],
)
def test_a_transcript_without_a_turn_is_refused(tmp_path: Path, text: str) -> None:
    parsed = read_transcript(tmp_path, text)
    assert parsed.status is FileStatus.REFUSED


def test_teams_vtt_with_two_voices_in_a_cue(tmp_path: Path) -> None:
    text = (
        "WEBVTT\n\n"
        "c0ffee00-1111-2222-3333-444455556666/12-0\n00:00:01.000 --> 00:00:03.000\n"
        "<v Inès Jaspe>Bonjour.</v>\n\n"
        "c0ffee00-1111-2222-3333-444455556666/13-0\n00:00:03.000 --> 00:00:05.000\n"
        "<v Théo Silex>Oui\n\n"
        "tout à fait <v Inès Jaspe>Bien.</v>\n\n"
        "00:00:05,000 --> 00:00:06,000\n<v Inès Jaspe>Suite</v>\n"
    )
    parsed = read_transcript(tmp_path, text)
    assert parsed.tool == "teams"
    assert turns(parsed) == [
        ("Inès Jaspe", "Bonjour."), ("Théo Silex", "Oui tout à fait"),
        ("Inès Jaspe", "Bien. Suite"),
    ]  # fmt: skip


def test_vtt_notes_and_styles_are_not_spoken(tmp_path: Path) -> None:
    text = (
        "WEBVTT - Titre\n\nSTYLE\n::cue { color: red }\n\nNOTE\nrelu\n\n"
        "00:01.000 --> 00:02.000 align:start\nZoé Gneiss: Bonjour\n\nNOTE encore\nune note\n\n"
        "00:02.000 --> 00:03.000\nmonde\n"
    )
    assert turns(read_transcript(tmp_path, text)) == [("Zoé Gneiss", "Bonjour monde")]


def test_youtube_rolls_each_line_twice(tmp_path: Path) -> None:
    text = (
        "WEBVTT\nKind: captions\nLanguage: fr\n\n"
        "00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
        "bonjour<00:00:00.500><c> à</c><00:00:01.000><c> tous</c>\n\n"
        "00:00:02.000 --> 00:00:02.010\nbonjour à tous\n \n\n"
        "00:00:02.010 --> 00:00:04.000\nbonjour à tous\non<00:00:02.500><c> commence</c>\n\n"
        "00:00:04.000 --> 00:00:04.010\non commence\n \n"
    )
    parsed = read_transcript(tmp_path, text)
    assert parsed.tool == "youtube"
    assert turns(parsed) == [(None, "bonjour à tous"), (None, "on commence")]
    assert (parsed.rows_in, dict(parsed.non_data)) == (4, {"repeated_cue": 2})


def test_srt_and_sbv_have_no_speakers(tmp_path: Path) -> None:
    srt = (
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Bonjour</i>\n\n2\n00:00:03,000 --> 00:00:04,000\n12\n"
    )
    parsed = read_transcript(tmp_path, srt)
    assert (parsed.tool, turns(parsed)) == ("srt", [(None, "Bonjour"), (None, "12")])
    sbv = "0:00:18.579,0:00:21.429\nBonjour\nà tous\n\n0:00:21.429,0:00:22.000\nOui\n"
    parsed = read_transcript(tmp_path, sbv)
    assert (parsed.tool, turns(parsed)) == ("sbv", [(None, "Bonjour à tous"), (None, "Oui")])
    assert column(parsed, "started_s") == [18.579, 21.429]


def test_teams_document_of_2021(tmp_path: Path) -> None:
    parsed = read_transcript(tmp_path, document(
        "0:0:5.100 --> 0:0:8.250\nInès Jaspe\nBonjour à tous.",
        "1:2:7.0 --> 1:2:9.5\nThéo Silex\nOui.",
    ))  # fmt: skip
    assert parsed.tool == "teams"
    assert turns(parsed) == [("Inès Jaspe", "Bonjour à tous."), ("Théo Silex", "Oui.")]
    assert column(parsed, "started_s") == [5.1, 3727.0]


@pytest.mark.parametrize("is_joined", [True, False])
def test_teams_document_of_2024(tmp_path: Path, is_joined: bool) -> None:
    said = ["\nInès Jaspe   0:03\nBonjour, on commence.", "\nThéo Silex (Externe)   1:02:07\nOui :"
            " j'ai trois points."]  # fmt: skip
    parts = said if is_joined else [line for text in said for line in text.strip().split("\n")]
    parsed = read_transcript(tmp_path, document(
        "Point hebdo-20260302_100000-Transcription", "2 mars 2026, 09:00AM", "27 min 42 s",
        "Inès Jaspe a démarré la transcription", *parts, "Inès Jaspe stopped transcription",
    ))  # fmt: skip
    assert parsed.tool == "teams"
    assert turns(parsed) == [
        ("Inès Jaspe", "Bonjour, on commence."),
        ("Théo Silex (Externe)", "Oui : j'ai trois points."),
    ]
    assert parsed.non_data["event"] == 2


MEET = (
    "Point hebdo – 2026/03/02 10:00 CET – Transcription\nParticipants\nInès Jaspe, Théo Silex\n"
    "Transcription\n00:00:00\n\nInès Jaspe: Bonjour.\nThéo Silex: Oui,\n"
    "Inès Jaspe: on commence ?\n\n00:05:12\n\nThéo Silex: Alors : trois points.\n"
    "Note: le budget.\n\n\n"
    "Transcription terminée après 00:42:25\n\nCette transcription: modifiable.\n"
)


def test_google_meet_as_text_document_and_markdown(tmp_path: Path) -> None:
    expected = [
        ("Inès Jaspe", "Bonjour."), ("Théo Silex", "Oui,"), ("Inès Jaspe", "on commence ?"),
        ("Théo Silex", "Alors : trois points. Note: le budget."),
    ]  # fmt: skip
    markdown = MEET.replace("Inès Jaspe:", "**Inès Jaspe:**").replace("00:05:12", "### 00:05:12")
    for content in (MEET, document(*MEET.split("\n")), "# " + markdown):
        parsed = read_transcript(tmp_path, content)
        assert parsed.tool == "google_meet"
        assert turns(parsed) == expected
        assert column(parsed, "started_s")[3] == 312.0
    assert parsed.rows_in == len(MEET.splitlines())


def test_otter(tmp_path: Path) -> None:
    text = "Inès Jaspe  0:02  \nBonjour à tous.\n\nUnknown Speaker  59:58  \nOui.\nSuite.\n\n"
    text += "Speaker 1  1:00:03  \nFin.\n\nTranscribed by https://otter.ai\n"
    parsed = read_transcript(tmp_path, text)
    assert parsed.tool == "otter"
    assert turns(parsed) == [
        ("Inès Jaspe", "Bonjour à tous."), ("Unknown Speaker", "Oui. Suite."),
        ("Speaker 1", "Fin."),
    ]  # fmt: skip
    assert column(parsed, "started_s") == [2.0, 3598.0, 3603.0]
    assert parsed.rows_in == len(text.splitlines())


def test_zoom_captions_run_over_midnight(tmp_path: Path) -> None:
    text = "[Inès Jaspe] 23:59:25\r\nBonjour…\r\n\r\n[Théo Silex] 00:00:03\r\nAprès minuit.\r\n"
    parsed = read_transcript(tmp_path, text)
    assert parsed.tool == "zoom"
    assert column(parsed, "started_s") == [0.0, 38.0]


def test_plain_text_labels(tmp_path: Path) -> None:
    text = (
        "Entretien de phase 2\nDate : 2 mars 2026\nParticipants : Claire Boussole, Karim Agate\n\n"
        "Claire Boussole : Comment travaillez-vous ?\n"
        "Karim Agate : On attend. Il y a deux causes: le client et le brief.\n"
        "Attention: rien n'est écrit.\n"
        "[00:01:05] Claire Boussole: Combien de temps ?\n"
        "00:02:00 Karim Agate: 3:30 par semaine.\n"
    )
    parsed = read_transcript(tmp_path, text)
    assert parsed.tool == "text"
    assert turns(parsed) == [
        ("Claire Boussole", "Comment travaillez-vous ?"),
        ("Karim Agate", "On attend. Il y a deux causes: le client et le brief. Attention: rien "
         "n'est écrit."),
        ("Claire Boussole", "Combien de temps ?"),
        ("Karim Agate", "3:30 par semaine."),
    ]  # fmt: skip
    assert column(parsed, "started_s") == [None, None, 65.0, 120.0]
    assert parsed.rows_in == len(text.splitlines())
    assert parsed.non_data == {"title": 3, "blank": 1, "same_turn": 1}


def test_labels_in_lower_case_count_when_they_come_back(tmp_path: Path) -> None:
    text = "".join(f"{who}: phrase {i}\n" for i in range(3) for who in ("la directrice", "nous"))
    assert {speaker for speaker, _ in turns(read_transcript(tmp_path, text))} == {
        "la directrice", "nous",
    }  # fmt: skip


def test_a_lost_character_keeps_its_line_out(tmp_path: Path) -> None:
    parsed = read_transcript(tmp_path, "Inès Jaspe: d\ufffdj\ufffd\nInès Jaspe: oui\n")
    assert turns(parsed) == [("Inès Jaspe", "oui")]
    assert reasons(parsed) == {1: "unreadable_character"}
