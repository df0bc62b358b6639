"""Transcripts as plain lines: Google Meet, Otter, Zoom's saved captions, Teams documents of 2024,
and `Name: text` typed by hand.

Every line is a record: what is no speech is declared. Does not belong here: timed cues (timed).
"""

import re
from collections.abc import Sequence

from ingestion.readers.transcripts.cues import Cue, Transcript, seconds_of
from ingestion.readers.transcripts.labels import candidate, speakers_of

_TIME_ALONE = re.compile(r"^\s*[\[(#*_]*\s*(?:\d+:)?\d{1,3}:\d{2}\s*[\])*_]*\s*$")
_NAME_TIME = re.compile(
    r"^\s*(?P<name>\S.{0,70}?)(?:\s{2,20}|\t)(?P<time>(?:\d+:)?\d{1,3}:\d{2})\s*$"
)
_CAPTION = re.compile(r"^\[(?P<name>[^\]]{1,70})\]\s+(?P<time>\d{1,2}:\d{2}:\d{2})\s*$")
_LEADING_TIME = re.compile(
    r"^\s*(?:[\[(](?P<a>(?:\d+:)?\d{1,3}:\d{2}(?:[.,]\d+)?)[\])]|(?P<b>(?:\d+:)?\d{1,3}:\d{2}))"
    r"\s*[-–]?\s+(?=\S)"
)
_MARKDOWN = re.compile(r"^#{1,6}\s+|\*\*")
_MEET_END = re.compile(
    r"^\W*(transcription (terminee|terminée) apr|transcription ended after|"
    r"meeting ended after|fin de la transcription)",
    re.IGNORECASE,
)
_OTTER_END = re.compile(r"^\s*transcribed by https?://otter\.ai", re.IGNORECASE)
_EVENT = re.compile(
    r"((started|stopped) transcription|"
    r"a (démarré|demarre|commencé|arrêté|lancé) la transcription)\W*$",
    re.IGNORECASE,
)
_DAY = 86_400


def read_lines(lines: Sequence[str], is_document: bool = False) -> Transcript:
    """Read a transcript of plain lines.

    Args:
        lines: the lines of the file.
        is_document: whether they come from a DOCX file.

    Returns:
        The cues; a transcript without any where no form is recognised.
    """
    lines = [_MARKDOWN.sub("", line) for line in lines]
    if any(_CAPTION.match(line) for line in lines):
        return _headed(lines, _CAPTION, "zoom", is_clock=True)
    if sum(bool(_NAME_TIME.match(line)) for line in lines) >= 1:
        is_otter = not is_document and any(_OTTER_END.match(line) for line in lines)
        tool = "otter" if is_otter or not is_document else "teams"
        return _headed(lines, _NAME_TIME, tool, is_clock=False)
    return _labelled(lines)


def _headed(
    lines: Sequence[str], pattern: re.Pattern[str], tool: str, is_clock: bool
) -> Transcript:
    """A line with speaker and time stands above what is said."""
    transcript = Transcript(tool)
    speaker: str | None = None
    start: float | None = None
    origin: float | None = None
    ended = False
    for number, line in enumerate(lines, start=1):
        if match := pattern.match(line):
            speaker, ended = match["name"].strip(), False
            clock = seconds_of(match["time"])
            if is_clock and clock is not None:
                # Wall clock: from the first caption on, over midnight too.
                origin = clock if origin is None else origin
                start = (clock - origin) % _DAY
            else:
                start = clock
            transcript.non_data["speaker_line"] += 1
        elif not line.strip():
            transcript.non_data["blank"] += 1
        elif _OTTER_END.match(line) or ended:
            transcript.non_data["footer"] += 1
            ended = True
        elif _EVENT.search(line):
            transcript.non_data["event"] += 1
        elif speaker is None:
            transcript.non_data["title"] += 1
        else:
            transcript.cues.append(Cue(number, speaker, line, start))
    return transcript


def _labelled(lines: Sequence[str]) -> Transcript:
    """`Name: text` lines, times alone on a line or before the name, headings and a footer."""
    transcript = Transcript("text")
    speakers = speakers_of(_LEADING_TIME.sub("", line) for line in lines)
    start: float | None = None
    begun = ended = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            transcript.non_data["blank"] += 1
            continue
        if _MEET_END.match(line):
            ended, transcript.tool = True, "google_meet"
        if ended or _OTTER_END.match(line):
            transcript.non_data["footer"] += 1
            continue
        if _TIME_ALONE.match(line):
            start = seconds_of(line.strip(" []()#*_\t"))
            transcript.non_data["time"] += 1
            continue
        if _EVENT.search(line):
            transcript.non_data["event"] += 1
            continue
        leading = _LEADING_TIME.match(line)
        if leading:
            start = seconds_of(leading["a"] or leading["b"])
        rest = line[leading.end() :] if leading else line
        found = candidate(rest)
        if found and found[0] in speakers:
            begun = True
            transcript.cues.append(Cue(number, found[0], found[1], start))
        elif begun:
            transcript.cues.append(Cue(number, None, rest, start, continues=True))
        else:
            transcript.non_data["title"] += 1
        start = None
    return transcript
