import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from tests.readers.reading import column, read


def read_json(folder: Path, content: Any) -> ParsedFile:
    return read(folder, json.dumps(content), FileKind.TRANSCRIPT)


AWS_ITEMS = [
    {"type": "pronunciation", "start_time": "0.10", "end_time": "0.5",
     "alternatives": [{"content": "Bonjour"}]},
    {"type": "punctuation", "alternatives": [{"content": ","}]},
    {"type": "pronunciation", "start_time": "0.6", "end_time": "0.9",
     "alternatives": [{"content": "oui"}]},
]  # fmt: skip

DIALECTS: dict[str, Any] = {
    "whisper": {"text": "…", "segments": [
        {"start": 0.1, "end": 0.5, "text": " Bonjour,", "speaker": "SPEAKER_00"},
        {"start": 0.6, "end": 0.9, "text": " oui", "speaker": "SPEAKER_01"},
    ]},
    "assemblyai": {"audio_url": "x", "words": [], "utterances": [
        {"speaker": "A", "text": "Bonjour,", "start": 100, "end": 500},
        {"speaker": "B", "text": "oui", "start": 600, "end": 900},
    ]},
    "deepgram": {"metadata": {}, "results": {"channels": [{"alternatives": [{"words": [
        {"word": "bonjour", "punctuated_word": "Bonjour,", "start": 0.1, "end": 0.5, "speaker": 0},
        {"word": "oui", "punctuated_word": "oui", "start": 0.6, "end": 0.9, "speaker": 1},
    ]}]}]}},
    "aws": {"results": {"transcripts": [{"transcript": "…"}], "items": AWS_ITEMS,
        "speaker_labels": {"segments": [
            {"items": [{"start_time": "0.10", "speaker_label": "spk_0"}], "speaker_label": "spk_0"},
            {"speaker_label": "spk_1", "items": [{"start_time": "0.6", "speaker_label": "spk_1"}]},
        ]}}},
    "google_stt": {"results": [
        {"alternatives": [{"transcript": "Bonjour, oui"}]},
        {"alternatives": [{"words": [
            {"word": "Bonjour,", "startTime": "0.100s", "endTime": "0.500s", "speakerTag": 1},
            {"word": "oui", "startTime": "0.600s", "endTime": "0.900s", "speakerTag": 2}]}]},
    ]},
    "azure": {"recognizedPhrases": [
        {"offsetInTicks": 1_000_000.0, "durationInTicks": 4_000_000.0, "speaker": 1,
         "nBest": [{"display": "Bonjour,"}, {"display": "Bon jour"}]},
        {"offset": "PT0.6S", "duration": "PT0.3S", "speaker": 2, "nBest": [{"display": "oui"}]},
    ]},
    "speechmatics": {"format": "2.9", "results": [
        {"type": "word", "start_time": 0.1, "end_time": 0.5,
         "alternatives": [{"content": "Bonjour", "speaker": "S1"}]},
        {"type": "punctuation", "alternatives": [{"content": ",", "speaker": "S1"}]},
        {"type": "word", "start_time": "0.6", "duration": "0.3",
         "alternatives": [{"content": "oui", "speaker": "S2"}]},
    ]},
    "fireflies": {"data": {"transcript": {"sentences": [
        {"speaker_name": "Inès Jaspe", "text": "corrigé", "raw_text": "Bonjour,",
         "start_time": "0.1", "end_time": "0.5"},
        {"speaker_name": "Théo Silex", "text": "oui", "start_time": 0.6, "end_time": 0.9},
    ]}}},
}  # fmt: skip


@pytest.mark.parametrize("tool", DIALECTS)
def test_each_dialect_gives_the_same_two_turns_in_seconds(tmp_path: Path, tool: str) -> None:
    parsed = read_json(tmp_path, DIALECTS[tool])
    assert parsed.tool == tool
    assert column(parsed, "text") == ["Bonjour,", "oui"]
    assert len(set(column(parsed, "speaker_name"))) == 2
    assert column(parsed, "started_s") == pytest.approx([0.1, 0.6])
    assert column(parsed, "ended_s") == pytest.approx([0.5, 0.9])


def test_assemblyai_without_utterances_still_knows_the_speakers(tmp_path: Path) -> None:
    words = [
        {"text": t, "start": i * 100, "end": i * 100 + 50, "speaker": s}
        for i, (t, s) in enumerate([("Bonjour", "A"), ("à", "A"), ("tous.", "A"), ("Oui", "B")])
    ]
    parsed = read_json(tmp_path, {"utterances": None, "words": words, "text": "…"})
    assert list(zip(column(parsed, "speaker_name"), column(parsed, "text"), strict=True)) == [
        ("A", "Bonjour à tous."), ("B", "Oui"),
    ]  # fmt: skip


def test_google_without_speakers_does_not_repeat_the_words(tmp_path: Path) -> None:
    results = [{"alternatives": [{"transcript": text}], "resultEndTime": "3s"} for text in "ab"]
    assert column(read_json(tmp_path, {"results": results}), "text") == ["a", "b"]


def test_unknown_and_broken_json_is_refused(tmp_path: Path) -> None:
    for text in ('{"a": 1}', '{"segments": [', "[[" * 50_000, '[{"x": 1}]', '{"segments": []}'):
        parsed = read(tmp_path, text, FileKind.TRANSCRIPT)
        assert parsed.status is FileStatus.REFUSED, text[:20]
