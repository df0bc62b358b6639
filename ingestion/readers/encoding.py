"""Bytes of a text file to clean UTF-8: no byte order mark, `\\n` or `\\r\\n` line ends.

Order: UTF-16 by BOM, UTF-8 with BOM, strict UTF-8, then chardet 7, the one detector that was seen
to get French right. Does not belong here: separators and rows.
"""

import codecs
import re

import chardet
import numpy as np
import pyarrow as pa

from ingestion.readers.outcome import RefusedFile

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UTF16_SAMPLE = 4096
_HEAD = 1 << 16
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_DETECTOR_SAMPLE = 20_000
_ABOUT_AS_SURE = 0.4
_WESTERN = frozenset(
    "àâäáãåæçéèêëíìîïñóòôöõøœúùûüÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜŸ"
    "«»‹›–—’‘‚“”„…€£°²³·•™©®§µ½¼¾×÷±¡¿ªº\xa0"
)
# DurÈe: the wrong table turns small accented letters into capitals.
_CAPITAL_INSIDE = re.compile(r"[a-zà-ÿ][À-ÖØ-ÞŒŸ]")
BINARY = "the file holds binary data, not text; export it again"
_SAVE_AS_UTF8 = "save it as UTF-8 text and put it in the inbox again"


def to_clean_utf8(data: bytes) -> bytes:
    """Decode the bytes of a text file and encode them as UTF-8.

    Args:
        data: the whole file.

    Returns:
        The text as UTF-8 without a byte order mark; a file that ends its lines with a lone
        carriage return (classic Mac OS) gets line feeds.

    Raises:
        RefusedFile: for binary data and for text in no known encoding.
    """
    if data.startswith(_UTF16_MARKS):
        clean = _decode(data, "utf-16").encode()
    elif data.startswith(codecs.BOM_UTF8):
        clean = data[len(codecs.BOM_UTF8) :]
        if not _is_utf8(clean):
            raise RefusedFile(f"the text says it is UTF-8 and is not; {_SAVE_AS_UTF8}")
    elif is_utf16(data):
        clean = _decode(data, _utf16_without_mark(data)).encode()
    elif _is_utf8(data):
        clean = data
    else:
        clean = _damaged_utf8(data) or _decode(data, _detect(data)).encode()
    if b"\0" in clean or len(_CONTROL.findall(clean[:_HEAD])) > len(clean[:_HEAD]) * 0.01:
        raise RefusedFile(BINARY)
    clean = clean.removeprefix(codecs.BOM_UTF8)
    if b"\r" in clean and b"\n" not in clean:
        clean = clean.replace(b"\r", b"\n")
    return clean


def is_utf16(head: bytes) -> bool:
    """Whether a file that begins so has two bytes for each letter, or is binary."""
    return head.startswith(_UTF16_MARKS) or b"\0" in head[:_UTF16_SAMPLE]


def _is_utf8(data: bytes) -> bool:
    # Python's own decoder would also build the text, which takes ten times as long.
    whole = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    text = pa.LargeStringArray.from_buffers(1, whole, pa.py_buffer(data))
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise RefusedFile(f"the text is not valid {encoding}; {_SAVE_AS_UTF8}") from error


def _damaged_utf8(data: bytes) -> bytes | None:
    """UTF-8 with some bytes lost, which become U+FFFD so that their rows are kept out.

    In text of another encoding hardly two letters in a row happen to be valid UTF-8.
    """
    text = data.decode(errors="replace")
    lost = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - lost
    return text.encode() if whole >= lost else None


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 without a BOM shows as NULs on one side of each pair of bytes."""
    sample = data[:_UTF16_SAMPLE]
    half = max(len(sample) // 2, 1)
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    raise RefusedFile(BINARY)


def _detect(data: bytes) -> str:
    """The encoding by chardet, asked on the lines that hold more than ASCII.

    On a few short lines its first choice is sometimes a neighbour: of candidates about as sure,
    the one that reads wholly as Western European text wins.
    """
    telling = b"\n".join(line for line in data[: 1 << 23].splitlines() if not line.isascii())
    sample = (telling or data)[:_DETECTOR_SAMPLE]
    found = [
        (str(guess["encoding"]), float(guess["confidence"]))
        for guess in chardet.detect_all(sample)
        if guess["encoding"]
    ]
    if not found:
        raise RefusedFile(f"the encoding of the text is not recognised; {_SAVE_AS_UTF8}")
    surest = found[0][1]
    near = [name for name, confidence in found if confidence >= surest * _ABOUT_AS_SURE]
    return next((name for name in near if _reads_as_western(sample, name)), near[0])


def _reads_as_western(sample: bytes, encoding: str) -> bool:
    try:
        text = sample.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    foreign = {c for c in text if not c.isascii()} - _WESTERN
    return not foreign and not _CAPITAL_INSIDE.search(text)
