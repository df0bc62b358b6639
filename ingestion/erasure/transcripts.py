"""Take a person out of a transcript: their turns go, others' mentions of them are masked.

Whatever the format was, what is left is written as a list of segments in JSON, the one form that
every reader takes as it is, under the file's own name, so that rules of engagement.yaml still fit.
An interview of which nothing but the interviewer would be left goes whole.
"""

import json

from ingestion.config_sources import TranscriptAbout
from ingestion.context import Context
from ingestion.erasure.edit import Edit, counted
from ingestion.erasure.spotting import Spotter
from ingestion.parsed import ParsedFile
from ingestion.speakers import resolve_speakers


def edit_transcript(
    parsed: ParsedFile, about: TranscriptAbout, context: Context, spotter: Spotter
) -> Edit | None:
    """The edited transcript, None where the person neither speaks nor is named in it."""
    assert parsed.rows is not None
    columns = ("speaker_name", "text", "started_s", "ended_s")
    turns = list(parsed.rows.sort("turn_index").select(columns).iter_rows())
    speakers = resolve_speakers(
        [turn[:2] for turn in turns], about, context.config, context.roster, context.matcher
    )
    kept = [turn for turn in turns if speakers[turn[0]].person_line != spotter.person.line]
    if len(kept) < len(turns) and all(speakers[turn[0]].is_interviewer for turn in kept):
        return Edit(None, "removed, as it was their interview")
    segments = [
        {
            "start": start,
            "end": end,
            "speaker": name and spotter.masked(name),
            "text": spotter.masked(text),
        }
        for name, text, start, end in kept
    ]
    masked = sum(s["text"] != turn[1] for s, turn in zip(segments, kept, strict=True))
    what = counted(turn_removed=len(turns) - len(kept), turn_masked=masked)
    if not what:
        return None
    lines = ",\n".join(json.dumps(segment, ensure_ascii=False) for segment in segments)
    return Edit(f"[\n{lines}\n]\n".encode(), what)
