"""Transcripts of all tools: text in, turns out.

Belongs here: choosing the format by its content. Does not belong here: who a speaker is, redaction.
"""

from ingestion.parsed import ParsedFile
from ingestion.readers.transcripts.cues import to_parsed
from ingestion.readers.transcripts.json_dialects import read_json
from ingestion.readers.transcripts.spoken_text import read_lines
from ingestion.readers.transcripts.timed import looks_timed, read_timed


def read_transcript(content: str | list[str]) -> ParsedFile:
    """Read one transcript.

    Args:
        content: the text of a file, or the paragraphs of a document.

    Returns:
        The loadable file, at least one turn in it.

    Raises:
        RefusedFile: for a transcript without a turn and for broken JSON.
    """
    if isinstance(content, str):
        if content.lstrip()[:1] in ("{", "["):
            found = read_json(content)
            if found is not None:
                return to_parsed(found)
        lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if lines[-1] == "":
            lines.pop()
    else:
        lines = "\n".join(content).split("\n")
    is_document = not isinstance(content, str)
    if looks_timed(lines):
        return to_parsed(read_timed(lines, is_document))
    return to_parsed(read_lines(lines, is_document))
