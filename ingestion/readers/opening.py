"""The first look at a file: what it is on disk and by its first bytes, before anything reads it.

Belongs here: links, pipes, sizes and magic numbers. Does not belong here: the inside of archives
(archive) and the parsing of workbooks (sandbox).
"""

import io
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingestion.readers.outcome import RefusedFile

LARGEST_TEXT = 8 << 30
LARGEST_ARCHIVE = 100 << 20
LARGEST_JSON = 48 << 20  # read in one piece; word times make it long
LARGEST_TRANSCRIPT = 8 << 20  # ten hours of talk are one megabyte

_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK"
_WEB_PAGE = (b"<html", b"<!doctype html")  # some tools export one and call it .xls
_BINARY = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"{\\rtf": "an RTF document",
}


def container_of(path: Path) -> str:
    """Whether the file is `zip` (XLSX, DOCX) or `text`.

    Raises:
        RefusedFile: for what is no regular file, is empty, too large, or of a binary kind.
    """
    try:
        status = path.lstat()
    except (OSError, ValueError) as error:
        raise RefusedFile(f"the file cannot be read ({error.__class__.__name__})") from error
    if stat.S_ISLNK(status.st_mode):
        raise RefusedFile("the file is a symbolic link; put the file itself in the inbox")
    if not stat.S_ISREG(status.st_mode):
        raise RefusedFile("this is no regular file (a pipe, device or folder); remove it")
    if status.st_size == 0:
        raise RefusedFile("the file is empty; export it again")
    head = read_bytes(path, 64)
    if head.startswith(_OLE):
        raise RefusedFile(
            "the file is protected by a password or in an old Office format; "
            "save it as .xlsx or .docx without a password"
        )
    for magic, name in _BINARY.items():
        if head.startswith(magic):
            raise RefusedFile(f"the file is {name}, which is not read; export it in a known format")
    if head.removeprefix(BOM_UTF8).lstrip().lower().startswith(_WEB_PAGE):
        raise RefusedFile(
            "the file is a web page, which is not read; export it as CSV or XLSX, or open it in a "
            "spreadsheet and save it as .xlsx"
        )
    if head.startswith(_ZIP) and head[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        _fits(status.st_size, LARGEST_ARCHIVE)
        return "zip"
    _fits(status.st_size, LARGEST_TEXT)
    return "text"


def read_bytes(path: Path, limit: int) -> bytes:
    """The first `limit` bytes of a regular file, opened by `open_regular`.

    Raises:
        RefusedFile: where the file cannot be opened.
    """
    with open_regular(path) as file:
        return file.read(limit)


@contextmanager
def open_regular(path: Path) -> Iterator[io.BufferedReader]:
    """A regular file to read; never follows a link, never waits on a pipe.

    Raises:
        RefusedFile: where the file cannot be opened or read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            yield file
    except OSError as error:
        raise RefusedFile(f"the file cannot be read ({error.strerror}); mend its rights") from error


def read_document(path: Path, is_json: bool) -> bytes:
    """A transcript or a JSON export in one piece.

    Raises:
        RefusedFile: where it is too large to be one.
    """
    limit = LARGEST_JSON if is_json else LARGEST_TRANSCRIPT
    _fits(path.lstat().st_size, limit)
    return read_bytes(path, limit)


def _fits(size: int, limit: int) -> None:
    if size > limit:
        raise RefusedFile(
            f"the file has {size >> 20} MB, more than the {limit >> 20} MB that are read; split it"
        )
