"""Formats of timed cues: WebVTT (Zoom, Teams, YouTube), SRT, SBV, Teams DOCX of 2021.

One parser that goes from timing line to timing line: webvtt-py loses text after a blank line,
cues timed with a comma, the second voice of a cue and all after a lone `<`. Does not belong here:
formats whose times stand elsewhere (spoken text).
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.readers.transcripts.cues import Cue, Transcript, seconds_of
from ingestion.readers.transcripts.labels import candidate, speakers_of

# A damaged time still begins a cue: its text is nobody else's.
_ARROW = re.compile(r"^\s*(\d\S*)\s*--+>\s*(\S*)(?:\s.*)?$|^\s*(\S*)\s*--+>\s*(\d\S*)(?:\s.*)?$")
_SBV = re.compile(r"^\s*(\d+:\d\d:\d\d\.\d{1,3}),(\d+:\d\d:\d\d\.\d{1,3})\s*$")
_CUE_NAME = re.compile(r"^\s*(\d+|[0-9a-f]{8}[0-9a-f/-]{8,})\s*$", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,99})?\s{1,9}([^<>]{0,200})>")
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^<>]{0,300})?>|<\d[\d:.]{0,20}>", re.IGNORECASE
)
_WORD_TIMES = re.compile(r"<\d+:\d\d:\d\d\.\d+><c>")
_HEADINGS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class _Block:
    line: int
    start: float | None
    end: float | None
    lines: list[str]


def looks_timed(lines: Sequence[str]) -> bool:
    """Whether the text is made of timed cues, or is an empty VTT file."""
    return bool(lines) and (
        lines[0].strip().upper().startswith("WEBVTT")
        or any(_ARROW.match(line) or _SBV.match(line) for line in lines[:200])
    )


def read_timed(lines: Sequence[str], is_document: bool = False) -> Transcript:
    """Read timed cues.

    Args:
        lines: the lines of the file.
        is_document: whether they come from a Teams document, where the first line of a cue is the
            speaker.

    Returns:
        The cues; voices of one cue are cues of their own.
    """
    blocks = _blocks(lines)
    is_vtt = bool(lines) and lines[0].strip().upper().startswith("WEBVTT")
    if is_document:
        return Transcript("teams", [_document_cue(block) for block in blocks])
    texts = ["\n".join(block.lines) for block in blocks]
    if any(_VOICE.search(text) for text in texts):
        return Transcript("teams", [cue for block in blocks for cue in _voices(block)])
    if is_vtt and any(_WORD_TIMES.search(text) for text in texts):
        return _rolling(blocks)
    speakers = speakers_of(_clean(text) for text in texts)
    is_sbv = not is_vtt and any(_SBV.match(line) for line in lines[:200])
    tool = "sbv" if is_sbv else "zoom" if is_vtt and speakers else "vtt" if is_vtt else "srt"
    cues: list[Cue] = []
    for block in blocks:
        cues += _labelled(block, speakers)
    return Transcript(tool, cues)


def _blocks(lines: Sequence[str]) -> list[_Block]:
    """Everything between two timing lines, less the next cue's name, is one cue's text."""
    at = [
        (i, match)
        for i, line in enumerate(lines)
        if (match := _ARROW.match(line) or _SBV.match(line))
    ]
    blocks = []
    for place, (i, match) in enumerate(at):
        after = at[place + 1][0] if place + 1 < len(at) else len(lines)
        body = list(lines[i + 1 : after])
        if place + 1 < len(at) and body and _CUE_NAME.match(body[-1]):
            body.pop()
        body = _without_headings(body)
        blocks.append(_Block(i + 1, *_times(match), body))
    return blocks


def _times(match: re.Match[str]) -> tuple[float | None, float | None]:
    begin, end = [text for text in match.groups() if text is not None]
    return seconds_of(begin), seconds_of(end)


def _without_headings(body: Sequence[str]) -> list[str]:
    """Drop comment and style blocks, which run from their heading to a blank line."""
    kept: list[str] = []
    skipping = False
    for i, line in enumerate(body):
        starts_block = i > 0 and not body[i - 1].strip()
        if starts_block and line.split(" ")[0].strip() in _HEADINGS:
            skipping = True
        elif not line.strip():
            skipping = False
        if not skipping and line.strip():
            kept.append(line)
    return kept


def _clean(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).replace("\u200b", "").strip()


def _voices(block: _Block) -> list[Cue]:
    """One cue for each voice; what stands before the first goes on with the last speaker."""
    text = "\n".join(block.lines)
    marks = list(_VOICE.finditer(text))
    cues = []
    before = _clean(text[: marks[0].start()] if marks else text)
    if before or not marks:
        cues.append(Cue(block.line, None, before, block.start, block.end, continues=True))
    for place, mark in enumerate(marks):
        until = marks[place + 1].start() if place + 1 < len(marks) else len(text)
        speaker = html.unescape(mark[1]).strip() or None
        said = _clean(text[mark.end() : until])
        cues.append(Cue(block.line, speaker, said, block.start, block.end))
    return cues


def _labelled(block: _Block, speakers: set[str]) -> list[Cue]:
    """`Name: text`; a cue without a label continues the speaker; a second label is a new voice."""
    cues: list[Cue] = []
    for line in block.lines:
        text = _clean(line)
        found = candidate(text)
        if found and found[0] in speakers:
            cues.append(Cue(block.line, found[0], found[1], block.start, block.end))
        elif cues:
            last = cues[-1]
            joined = f"{last.text} {text}"
            cues[-1] = Cue(last.line, last.speaker, joined, last.start, last.end, last.continues)
        else:
            cues.append(Cue(block.line, None, text, block.start, block.end, bool(speakers)))
    return cues or [Cue(block.line, None, "", block.start, block.end, bool(speakers))]


def _document_cue(block: _Block) -> Cue:
    lines = [line.strip() for line in block.lines if line.strip()]
    speaker = lines[0] if len(lines) > 1 else None
    text = " ".join(lines[1:] if speaker else lines)
    return Cue(block.line, speaker, text, block.start, block.end, speaker is None)


def _rolling(blocks: Sequence[_Block]) -> Transcript:
    """YouTube shows each line again while the next one rolls in: a line is taken once."""
    transcript = Transcript("youtube")
    shown = ""
    for block in blocks:
        lines = [text for line in block.lines if (text := _clean(line))]
        new = [line for line in lines if line != shown]
        if lines:
            shown = lines[-1]
        if new:
            transcript.cues.append(Cue(block.line, None, " ".join(new), block.start, block.end))
        else:
            transcript.non_data["repeated_cue" if lines else "empty_cue"] += 1
    return transcript
