"""Cues and turns: the common form of every transcript.

Belongs here: one cue, the joining of cues to turns, clock texts. Does not belong here: any tool's
format.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from ingestion.parsed import TURN_COLUMNS, FileKind, FileStatus, ParsedFile, QuarantinedRow
from ingestion.readers.outcome import RefusedFile

_LOST = "the text holds a character that was lost in an earlier conversion; export it again"
_CLOCK = re.compile(r"^(?:(\d+):)?(\d{1,3}):(\d{1,2})(?:[.,](\d+))?$")


@dataclass(frozen=True)
class Cue:
    """What one voice says in one cue.

    Attributes:
        line: where the cue stands in the file, from 1.
        speaker: the name as written, None where the format has no speakers.
        text: what is said.
        start, end: seconds from the beginning, None where unknown.
        continues: whether a cue without a label goes on with the speaker before it.
    """

    line: int
    speaker: str | None
    text: str
    start: float | None = None
    end: float | None = None
    continues: bool = False


@dataclass
class Transcript:
    """The cues of one file and its records that are none."""

    tool: str
    cues: list[Cue] = field(default_factory=list)
    non_data: Counter[str] = field(default_factory=Counter)


def seconds_of(clock: str) -> float | None:
    """Seconds of `1:02:07`, `00:05`, `0:0:5.100`; None for another text."""
    match = _CLOCK.match(clock.strip())
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(f"{seconds}.{fraction or 0}")


def to_parsed(transcript: Transcript) -> ParsedFile:
    """Join consecutive cues of one speaker to turns and account for every record.

    Cues of a format without speakers stay turns by themselves: joined, a whole interview would be
    one turn.

    Raises:
        RefusedFile: where nobody says anything.
    """
    said: list[Cue] = []
    lost: list[QuarantinedRow] = []
    non_data = Counter(transcript.non_data)
    for cue in transcript.cues:
        text = " ".join(cue.text.split())
        if not text:
            non_data["empty_cue"] += 1
            continue
        if "\ufffd" in text or "\ufffd" in (cue.speaker or ""):
            lost.append(QuarantinedRow(None, cue.line, "unreadable_character", _LOST))
            continue
        previous = said[-1] if said else None
        speaker = previous.speaker if cue.continues and previous else cue.speaker
        said.append(Cue(cue.line, speaker, text, cue.start, cue.end))
    turns = _joined(said)
    if not turns:
        raise RefusedFile(
            "the transcript holds no turn: nobody says anything in it, or its form is not known; "
            "export it as VTT, DOCX or text with lines `Name: text`"
        )
    if same := len(said) - len(turns):
        non_data["same_turn"] += same
    return ParsedFile(
        kind=FileKind.TRANSCRIPT,
        tool=transcript.tool,
        status=FileStatus.LOADABLE,
        rows_in=len(turns) + len(lost) + non_data.total(),
        rows=_frame(turns),
        quarantined=lost,
        non_data=non_data,
    )


def _joined(cues: Sequence[Cue]) -> list[Cue]:
    turns: list[Cue] = []
    texts: list[list[str]] = []
    for cue in cues:
        last = turns[-1] if turns else None
        if last is not None and cue.speaker is not None and cue.speaker == last.speaker:
            texts[-1].append(cue.text)
            end = cue.end if cue.end is not None else last.end
            turns[-1] = Cue(last.line, last.speaker, "", last.start, end)
        else:
            turns.append(cue)
            texts.append([cue.text])
    return [
        Cue(turn.line, turn.speaker, " ".join(text), turn.start, turn.end)
        for turn, text in zip(turns, texts, strict=True)
    ]


def _frame(turns: Sequence[Cue]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "sheet": [None] * len(turns),
            "row_number": [turn.line for turn in turns],
            "turn_index": list(range(1, len(turns) + 1)),
            "speaker_name": [turn.speaker for turn in turns],
            "started_s": [turn.start for turn in turns],
            "ended_s": [turn.end for turn in turns],
            "text": [turn.text for turn in turns],
        },
        schema=TURN_COLUMNS,
    )
