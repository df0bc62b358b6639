"""The directory of an Office archive, judged before a byte of it is unpacked.

Belongs here: bombs, passwords, macros, nested archives and paths that lead out. Does not belong
here: reading members (sandbox).
"""

import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingestion.readers.outcome import RefusedFile

_MOST_MEMBERS = 5000
_LARGEST_DIRECTORY = 4 << 20
_LARGEST_UNPACKED = 400 << 20
# Sheets of repeated rows pack 20 to 40 times; a bomb packs a thousand times.
_STRONGEST_PACKING = 120
_SMALL = 4 << 20
_END = struct.Struct("<4s4H2LH")
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".docx", ".docm", ".jar", ".7z", ".rar", ".gz", ".tar")


@dataclass(frozen=True)
class OfficeArchive:
    """What an archive holds: `xlsx` or `docx`, and its unpacked size in bytes."""

    kind: str
    unpacked: int


def inspect_archive(path: Path) -> OfficeArchive:
    """Look at the zip directory.

    Raises:
        RefusedFile: for anything but a plain workbook or document of bounded size.
    """
    _check_directory_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    # All that zipfile raises over a directory that was cut or made up.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise _broken() from error
    names = {member.filename for member in members}
    if len(names) != len(members):
        raise RefusedFile("the archive holds two members of one name; save the file again")
    for member in members:
        _check_member(member)
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if unpacked > _LARGEST_UNPACKED:
        raise RefusedFile(
            f"the file unpacks to {unpacked >> 20} MB, too many; split it or save it as CSV"
        )
    if unpacked > _SMALL and unpacked > packed * _STRONGEST_PACKING:
        raise RefusedFile("the archive unpacks to far more than it should (a zip bomb); remove it")
    if "xl/workbook.xml" in names:
        return OfficeArchive("xlsx", unpacked)
    if "word/document.xml" in names:
        return OfficeArchive("docx", unpacked)
    raise RefusedFile(
        "the file is an archive that is neither an .xlsx nor a .docx; unpack it and put the files "
        "themselves in the inbox"
    )


def _check_directory_size(path: Path) -> None:
    """Read the end record by itself: a directory of millions of members is a bomb too."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 16) - _END.size))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise _broken()
    _, _, _, _, count, length, _, _ = _END.unpack_from(tail, at)
    if count > _MOST_MEMBERS or length > _LARGEST_DIRECTORY:
        raise RefusedFile(f"the archive has {count} or more members (a zip bomb); remove it")


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename
    lowered = name.lower()
    parts = PurePosixPath(name.replace("\\", "/"))
    if member.flag_bits & 1:
        raise RefusedFile("the file is protected by a password; save it without one")
    if parts.is_absolute() or ".." in parts.parts:
        raise RefusedFile("the archive holds a path that leads out of it; remove the file")
    if "vbaproject" in lowered or lowered.endswith("vbadata.xml"):
        raise RefusedFile("the file holds macros; save it as .xlsx or .docx without macros")
    if lowered.endswith(_ARCHIVES) or "/embeddings/" in lowered:
        raise RefusedFile(
            "the file holds another file inside; remove what is embedded and save it again"
        )
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _broken()
    if member.file_size > _SMALL and member.file_size > member.compress_size * _STRONGEST_PACKING:
        raise RefusedFile("the archive unpacks to far more than it should (a zip bomb); remove it")


def _broken() -> RefusedFile:
    return RefusedFile(
        "the file is broken or cut short (its archive cannot be read); export it again"
    )
