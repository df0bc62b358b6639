"""Transcripts as JSON of speech-to-text services, each recognised by its own keys.

Belongs here: the dialects, from JSON to cues. Does not belong here: the joining of cues to turns.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ingestion.readers.outcome import RefusedFile
from ingestion.readers.transcripts.cues import Cue, Transcript, seconds_of

_TICKS = 10_000_000
_DURATION = re.compile(r"^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$")
_NO_SPACE_BEFORE = re.compile(r"\s+([.,…)\]])")


def read_json(text: str) -> Transcript | None:
    """Read a transcript in JSON.

    Returns:
        The cues, or None where the text only begins like JSON (`[Name] 19:00:25`).

    Raises:
        RefusedFile: for broken JSON and for a dialect that is not known.
    """
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise RefusedFile("the JSON is nested too deep to be a transcript; remove it") from error
    except ValueError as error:
        if text.lstrip().startswith("{") or re.match(r"\s*\[\s*[{\[]", text):
            raise RefusedFile("the JSON is broken or cut short; export it again") from error
        return None
    for tool, reader in _DIALECTS:
        cues = reader(content)
        if cues is not None:
            return Transcript(tool, cues)
    raise RefusedFile(
        "the JSON is no transcript of a known service; export VTT, SRT or text instead"
    )


def _fireflies(content: Any) -> list[Cue] | None:
    root = content if isinstance(content, list) else None
    if isinstance(content, dict):
        inner = _dict(_dict(content.get("data")).get("transcript")) or content
        root = inner.get("sentences")
    rows = _dicts(root)
    if not rows or not any("speaker_name" in row or "raw_text" in row for row in rows):
        return None
    # `text` may have been edited afterwards; a quote is what was said.
    return _cues(
        rows, lambda r: r.get("raw_text") or r.get("text") or r.get("sentence"),
        lambda r: r.get("speaker_name") or r.get("speaker_id"),
    )  # fmt: skip


def _azure(content: Any) -> list[Cue] | None:
    phrases = _dicts(_dict(content).get("recognizedPhrases"))
    if not phrases:
        return None
    cues = []
    for number, phrase in enumerate(phrases, start=1):
        best = _dicts(phrase.get("nBest"))
        start = _ticks(phrase, "offsetInTicks", "offset")
        length = _ticks(phrase, "durationInTicks", "duration")
        end = start + length if start is not None and length is not None else None
        text = str(best[0].get("display") or best[0].get("lexical") or "") if best else ""
        speaker = phrase.get("speaker")
        cues.append(Cue(number, _name(speaker), text, start, end))
    return cues


def _ticks(phrase: Mapping[str, Any], ticks: str, text: str) -> float | None:
    value = _number(phrase.get(ticks))
    return value / _TICKS if value is not None else _number(phrase.get(text))


def _aws(content: Any) -> list[Cue] | None:
    results = _dict(_dict(content).get("results"))
    items = _dicts(results.get("items"))
    if not items or "alternatives" not in items[0] or "transcripts" not in results:
        return None
    spoken = {
        str(item.get("start_time")): segment.get("speaker_label")
        for segment in _dicts(_dict(results.get("speaker_labels")).get("segments"))
        for item in _dicts(segment.get("items"))
    }
    return _from_words(
        items,
        lambda i: _first(i).get("content"),
        lambda i: i.get("speaker_label") or spoken.get(str(i.get("start_time"))),
        lambda i: i.get("type") == "punctuation",
    )


def _speechmatics(content: Any) -> list[Cue] | None:
    results = _dicts(_dict(content).get("results"))
    if not results or not {"type", "alternatives"} <= results[0].keys():
        return None
    return _from_words(
        results,
        lambda r: _first(r).get("content"),
        lambda r: _first(r).get("speaker"),
        lambda r: r.get("type") == "punctuation",
    )


def _google(content: Any) -> list[Cue] | None:
    root = _dict(_dict(content).get("response")) or _dict(content)
    results = _dicts(root.get("results"))
    if not results or "alternatives" not in results[0]:
        return None
    words = _dicts(_first(results[-1]).get("words"))
    tagged = [w for w in words if w.get("speakerTag") or w.get("speakerLabel")]
    if tagged:  # the last result repeats all words, with their speakers
        return _from_words(
            tagged, lambda w: w.get("word"), lambda w: w.get("speakerLabel") or w.get("speakerTag")
        )
    cues = []
    for number, result in enumerate(results, start=1):
        best = _first(result)
        spoken = _dicts(best.get("words"))
        start = _start(spoken[0]) if spoken else None
        end = _end(spoken[-1]) if spoken else _number(result.get("resultEndTime"))
        cues.append(Cue(number, None, str(best.get("transcript") or ""), start, end))
    return cues


def _deepgram(content: Any) -> list[Cue] | None:
    results = _dict(_dict(content).get("results"))
    utterances = _dicts(results.get("utterances"))
    if utterances:
        return _cues(utterances, lambda u: u.get("transcript"), lambda u: u.get("speaker"))
    channels = _dicts(results.get("channels"))
    if not channels:
        return None
    cues: list[Cue] = []
    for channel in channels:
        cues += _from_words(
            _dicts(_first(channel).get("words")),
            lambda w: w.get("punctuated_word") or w.get("word"),
            lambda w: w.get("speaker"),
        )
    return cues


def _assemblyai(content: Any) -> list[Cue] | None:
    root = _dict(content)
    utterances, words = _dicts(root.get("utterances")), _dicts(root.get("words"))
    if not utterances and not words:
        return None
    if utterances:
        return _cues(utterances, _text, _speaker, per_second=1000)
    return _from_words(words, _text, _speaker, per_second=1000)


def _whisper(content: Any) -> list[Cue] | None:
    rows = _dicts(_dict(content).get("segments") if isinstance(content, dict) else content)
    if not rows or not all("text" in row and "start" in row for row in rows):
        return None
    return _cues(rows, _text, _speaker)


_DIALECTS: tuple[tuple[str, Callable[[Any], list[Cue] | None]], ...] = (
    ("fireflies", _fireflies),
    ("azure", _azure),
    ("aws", _aws),
    ("speechmatics", _speechmatics),
    ("google_stt", _google),
    ("deepgram", _deepgram),
    ("whisper", _whisper),
    ("assemblyai", _assemblyai),
)


def _cues(
    rows: Iterable[Mapping[str, Any]],
    text: Callable[[Mapping[str, Any]], Any],
    speaker: Callable[[Mapping[str, Any]], Any],
    per_second: float = 1,
) -> list[Cue]:
    return [
        Cue(
            number, _name(speaker(row)), str(text(row) or ""),
            _scaled(_start(row), per_second), _scaled(_end(row), per_second),
        )
        for number, row in enumerate(rows, start=1)
    ]  # fmt: skip


def _from_words(
    words: Sequence[Mapping[str, Any]],
    text: Callable[[Mapping[str, Any]], Any],
    speaker: Callable[[Mapping[str, Any]], Any],
    is_mark: Callable[[Mapping[str, Any]], bool] = lambda _: False,
    per_second: float = 1,
) -> list[Cue]:
    """Words of one speaker in a row are one cue; a mark belongs to the word before it."""
    cues: list[Cue] = []
    for number, word in enumerate(words, start=1):
        said = str(text(word) or "")
        name = _name(speaker(word))
        end = _scaled(_end(word), per_second)
        last = cues[-1] if cues else None
        if last is not None and (is_mark(word) or name == last.speaker):
            joined = f"{last.text}{'' if is_mark(word) else ' '}{said}"
            cues[-1] = Cue(last.line, last.speaker, joined, last.start, end or last.end)
        else:
            cues.append(Cue(number, name, said, _scaled(_start(word), per_second), end))
    return [
        Cue(c.line, c.speaker, _NO_SPACE_BEFORE.sub(r"\1", c.text), c.start, c.end) for c in cues
    ]


def _text(row: Mapping[str, Any]) -> Any:
    return row.get("text")


def _speaker(row: Mapping[str, Any]) -> Any:
    return row.get("speaker")


def _start(row: Mapping[str, Any]) -> float | None:
    for key in ("start", "start_time", "startTime", "startOffset"):
        if key in row:
            return _number(row[key])
    # The first word of a recording may have no start where it is zero.
    return None


def _end(row: Mapping[str, Any]) -> float | None:
    for key in ("end", "end_time", "endTime", "endOffset"):
        if key in row:
            return _number(row[key])
    start, length = _start(row), _number(row.get("duration"))
    return start + length if start is not None and length is not None else None


def _number(value: Any) -> float | None:
    """Seconds of `1.5`, `"1.5"`, `"1.500s"`, `"PT1.5S"`, `"0:01.5"`."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, dict):  # protobuf: {"seconds": "1", "nanos": 500000000}
        return (_number(value.get("seconds")) or 0) + (_number(value.get("nanos")) or 0) / 1e9
    text = str(value)
    if match := _DURATION.match(text):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        return hours * 3600 + minutes * 60 + seconds
    try:
        return float(text.removesuffix("s"))
    except ValueError:
        return seconds_of(text)


def _scaled(value: float | None, per_second: float) -> float | None:
    return None if value is None else value / per_second


def _name(speaker: Any) -> str | None:
    if speaker is None or speaker == "":
        return None
    return f"Speaker {speaker}" if isinstance(speaker, int) else str(speaker)


def _first(row: Mapping[str, Any]) -> Mapping[str, Any]:
    found = _dicts(row.get("alternatives"))
    return found[0] if found else {}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
