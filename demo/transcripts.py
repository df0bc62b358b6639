"""The interviews of transcripts/*.txt, rendered as Zoom, Teams and a text editor would save them.

Belongs here: the shapes of the tools, and the source rules that say who spoke. Does not belong
here: what is said (the text files).
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from docx import Document

from demo.archives import without_clock

SOURCES = Path(__file__).parent / "transcripts"
_SUFFIX = {"zoom_vtt": ".vtt", "teams_docx": ".docx", "text": ".txt"}
_CUE_CHARACTERS = 180
_CHARACTERS_PER_SECOND = 16
_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"


@dataclass(frozen=True)
class Turn:
    """What one speaker says until another one speaks; `second` counts from the beginning."""

    speaker: str
    second: int
    text: str


@dataclass(frozen=True)
class Interview:
    """One interview.

    Attributes:
        stem: file name without suffix.
        phase: alignment, deep_dive or immersion.
        held_on: ISO date.
        shape: zoom_vtt, teams_docx or text.
        speakers: names as the tool shows them, the interviewer first.
        turns: in order.
    """

    stem: str
    phase: str
    held_on: str
    shape: str
    speakers: tuple[str, ...]
    turns: tuple[Turn, ...]

    @property
    def file_name(self) -> str:
        """The name of the rendered file."""
        return self.stem + _SUFFIX[self.shape]

    @property
    def interviewee(self) -> str:
        """Who is interviewed."""
        return self.speakers[1]


def read_interviews(folder: Path = SOURCES) -> list[Interview]:
    """All interviews, by date."""
    interviews = [_read(path) for path in sorted(folder.glob("*.txt"))]
    return sorted(interviews, key=lambda i: (i.held_on, i.stem))


def render(interview: Interview) -> bytes:
    """The bytes of the file that the interview's tool would have written."""
    if interview.shape == "zoom_vtt":
        return _zoom(interview.turns).encode()
    if interview.shape == "teams_docx":
        return _teams(interview)
    return "\n".join(
        f"{t.speaker}  {_clock(t.second)}\n{t.text}\n" for t in interview.turns
    ).encode()


def _read(path: Path) -> Interview:
    head: dict[str, str] = {}
    turns = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            key, _, value = line.lstrip("# ").partition(":")
            head[key.strip()] = value.strip()
        elif line.strip():
            speaker, time, text = (part.strip() for part in line.split("|", 2))
            minutes, seconds = time.split(":")
            turns.append(Turn(speaker, int(minutes) * 60 + int(seconds), text))
    speakers = tuple(name.strip() for name in head["speakers"].split(";"))
    return Interview(path.stem, head["phase"], head["date"], head["format"], speakers, tuple(turns))


def _ends(turns: Iterable[Turn]) -> Iterator[tuple[Turn, float]]:
    """Each turn with the second at which it ends: as long as it takes, at most until the next."""
    listed = list(turns)
    for turn, following in zip(listed, [*listed[1:], None], strict=True):
        spoken = turn.second + max(1.0, len(turn.text) / _CHARACTERS_PER_SECOND)
        yield (
            turn,
            spoken if following is None else min(spoken, max(following.second, turn.second + 1)),
        )


def _pieces(text: str) -> list[str]:
    """The text cut at sentence ends into pieces of about the length of a caption."""
    pieces = [""]
    for sentence in re.split(r"(?<=[.!?…]) ", text):
        if pieces[-1] and len(pieces[-1]) + len(sentence) > _CUE_CHARACTERS:
            pieces.append(sentence)
        else:
            pieces[-1] = f"{pieces[-1]} {sentence}".strip()
    return pieces


def _zoom(turns: Iterable[Turn]) -> str:
    cues: list[str] = []
    for turn, end in _ends(turns):
        pieces = _pieces(turn.text)
        length = (end - turn.second) / len(pieces)
        for place, piece in enumerate(pieces):
            start = turn.second + place * length
            label = f"{turn.speaker}: " if place == 0 else ""
            times = f"{_vtt_time(start)} --> {_vtt_time(start + length)}"
            cues.append(f"{len(cues) + 1}\n{times}\n{label}{piece}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def _teams(interview: Interview) -> bytes:
    document = Document()
    year, month, day = interview.held_on.split("-")
    *_, (_, end) = _ends(interview.turns)
    document.add_paragraph(
        f"Entretien {interview.interviewee}-{year}{month}{day}_100000-Transcription"
    )
    document.add_paragraph(f"{int(day)} {_MONTHS.split()[int(month) - 1]} {year}, 10:00AM")
    document.add_paragraph(f"{int(end) // 60}m {int(end) % 60}s")
    document.add_paragraph(f"{interview.speakers[0]} started transcription")
    for turn in interview.turns:
        paragraph = document.add_paragraph(f"{turn.speaker}   {_clock(turn.second)}")
        paragraph.add_run().add_break()
        paragraph.add_run(turn.text)
    document.add_paragraph(f"{interview.speakers[0]} stopped transcription")
    out = io.BytesIO()
    document.save(out)
    return without_clock(out.getvalue())


def _clock(second: float) -> str:
    return f"{int(second) // 60}:{int(second) % 60:02d}"


def _vtt_time(second: float) -> str:
    milliseconds = round(second * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
