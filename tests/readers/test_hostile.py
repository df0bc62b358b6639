"""Files that want to hang, fill the memory or lead out of the inbox: refused, quickly, by name."""

import io
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from ingestion.readers import read_file
from ingestion.source_rule import SourceRule
from tests.readers.reading import checked, read

CONTENT_TYPES = "[Content_Types].xml"


def sane_members() -> dict[str, bytes]:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["date", "team", "task", "units"])
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(**members: bytes) -> Callable[[], bytes]:
    return lambda: packed(sane_members() | {k.replace("__", "/"): v for k, v in members.items()})


def with_sheet(old: bytes, new: bytes) -> Callable[[], bytes]:
    def build() -> bytes:
        members = sane_members()
        sheet = members["xl/worksheets/sheet1.xml"]
        assert old in sheet
        return packed(members | {"xl/worksheets/sheet1.xml": sheet.replace(old, new, 1)})

    return build


def encrypted() -> bytes:
    data = bytearray(packed(sane_members()))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<worksheet>&b;</worksheet>"
)
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb": (changed(xl__media__a=b"\0" * (300 << 20)), "bomb"),
    "many members": (
        lambda: packed({f"{i}.xml": b"" for i in range(20_000)}), "bomb"
    ),
    "far cell": (with_sheet(b'r="A1"', b'r="XFD1048576"'), "far outside"),
    "far row": (with_sheet(b'r="D1"', b'r="D1048576"'), "far outside"),
    "password": (encrypted, "password"),
    "old office": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "path that leads out": (lambda: packed({"../../x": b"x", "xl/workbook.xml": b""}), "leads out"),
    "cut short": (lambda: packed(sane_members())[:-200], "broken"),
    "cut in the middle": (lambda: packed(sane_members())[:900], "broken"),
    "garbage in a zip": (lambda: packed({"xl/workbook.xml": b"<<<<"}), "broken"),
    "other archive": (lambda: packed({"a.csv": b"a,b"}), "neither"),
    "web page": (lambda: b"\xef\xbb\xbf <!DOCTYPE html><table>", "web page"),
    "pdf": (lambda: b"%PDF-1.7 ...", "PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    "binary": (lambda: os.urandom(4096) + b"\0" * 10, ""),
    "empty": (lambda: b"", "empty"),
    "only white space": (lambda: b" \r\n\r\n", ""),
    "no line end": (lambda: b"a," * (6 << 20), ""),
    "unclosed tags": (lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v a" * 400_000, ""),
    "spaces": (lambda: b"Zoe" + b" " * 3_000_000 + b"x\n", ""),
    "columns": (lambda: (b"a," * 400_000 + b"\n") * 3, ""),
    "deep json": (lambda: b"[" * (8 << 20), ""),
}  # fmt: skip
# Names with a suffix, which a keyword cannot carry.
HOSTILE["entities"] = (
    lambda: packed(sane_members() | {"xl/worksheets/sheet1.xml": LAUGHS}), "entities",
)  # fmt: skip
HOSTILE["macros"] = (lambda: packed(sane_members() | {"xl/vbaProject.bin": b"x"}), "macros")
HOSTILE["nested"] = (
    lambda: packed(sane_members() | {"xl/inner.xlsx": packed(sane_members())}), "another file",
)  # fmt: skip


@contextmanager
def at_most(seconds: float, megabytes: float) -> Iterator[None]:
    """What runs within takes no more time, and no more memory on top of what is in use."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before = memory("VmRSS")
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < seconds
    assert memory("VmHWM") - before < megabytes


def memory(field: str) -> float:
    """A field of this process's status, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1]) / 1024


@pytest.mark.parametrize("kind", [FileKind.TIMESHEET, FileKind.FORM, FileKind.TRANSCRIPT])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_time_and_memory(
    tmp_path: Path, name: str, kind: FileKind
) -> None:
    build, word = HOSTILE[name]
    content = build()
    with at_most(10, 100):
        parsed = read(tmp_path, content, kind)
    if name != "unclosed tags":
        assert parsed.status is not FileStatus.LOADABLE
    if kind is FileKind.TIMESHEET:
        assert word in parsed.reason


ROW = b"2026-03-05,Project,Some task,1.50,Zoe,Gneiss\n"
LATE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a line without end": (lambda: b"a," * (50 << 20), "line 20001 is longer than a megabyte"),
    "binary data": (lambda: bytes(range(256)) * (100 << 12), "binary data"),
    "nothing but zeros": (lambda: b"\0\n" * (50 << 20), "binary data"),
    "a quote that is never closed": (lambda: b'"' + ROW * 2_300_000, "opened at line 20001"),
}


@pytest.mark.parametrize("name", LATE)
def test_what_turns_hostile_late_is_refused_before_it_is_held(tmp_path: Path, name: str) -> None:
    tail, word = LATE[name]
    path = tmp_path / "late.csv"
    with path.open("wb") as file:
        file.write(b"Date,Project,Task,Hours,First Name,Last Name\n")
        file.write(ROW * 19_999)
        file.write(tail())
    with at_most(10, 50):
        parsed = read_file(path, FileKind.TIMESHEET, SourceRule())
    assert parsed.status is FileStatus.REFUSED
    assert word in parsed.reason


def test_links_pipes_and_folders_are_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "file.csv").write_text("a,b\n1,2\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "file.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    begun = time.monotonic()
    for name in ("link.csv", "pipe.csv", "folder.csv", "missing.csv"):
        for kind in FileKind:
            parsed = checked(read_file(tmp_path / name, kind, SourceRule()))
            assert parsed.status is FileStatus.REFUSED
    assert time.monotonic() - begun < 2


def test_a_refusal_never_names_the_file(tmp_path: Path) -> None:
    parsed: ParsedFile = read(tmp_path, b"", name="temps_zoe_gneiss.csv")
    assert "gneiss" not in parsed.reason


def test_formula_text_is_data(tmp_path: Path) -> None:
    head = "Date,Project,Task,Hours,First Name,Last Name"
    parsed = read(tmp_path, f"{head}\n2026-03-05,P,\"=cmd|' /C calc'!A0\",1,Zoé,Gneiss\n")
    assert parsed.rows is not None
    assert parsed.rows.get_column("label").to_list() == ["=cmd|' /C calc'!A0"]
