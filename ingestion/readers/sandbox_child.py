"""Runs by itself, as a script: Office files to plain text, each in a limited process of its own.

Standard input is a socket of requests: a JSON list of kind, path, memory and seconds, with two
descriptors. The process that is forked for it writes to the first a JSON line for each sheet, its
CSV behind it, or the paragraphs of a document as one JSON line, or one JSON line with `problem`;
then it says on the second, a socket, how it went. Belongs here: all that touches untrusted XML.
Does not belong here: any import of this project, for what is forked must stay small.
"""

import csv
import datetime
import io
import json
import os
import re
import resource
import signal
import socket
import struct
import zipfile
from collections.abc import Iterator
from typing import NoReturn

from python_calamine import CalamineWorkbook

_REQUESTS = 0
_LONGEST_REQUEST = 1 << 16

_CHUNK = 1 << 20
_REFERENCE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_CELL_NAME = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_VALUE = re.compile(rb"<v(?: [^>]*)?>[^<]|<is>")
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FEW_CELLS = 2_000_000
_MOST_SPREAD = 50  # cells of the rectangle for each cell that is written
_MOST_CELLS = 40_000_000
# A private-use character marks a cell without a usable value; no export writes it.
_UNCACHED, _ERROR = "\ue000uncached", "\ue000error"


class Problem(Exception):
    """What is wrong with the file, for people."""


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A member in pieces that end after a whole cell, checked for entities."""
    rest = b""
    with archive.open(name) as member:
        while piece := member.read(_CHUNK):
            rest += piece
            if _ENTITIES.search(rest):
                raise Problem("the file defines XML entities, which are not read; save it again")
            cut = rest.rfind(b"</c>")
            if cut >= 0:
                yield rest[: cut + 4]
                rest = rest[cut + 4 :]
            elif len(rest) > 8 * _CHUNK:
                yield rest
                rest = rest[-64:]
    yield rest


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _scan(archive: zipfile.ZipFile) -> dict[str, dict[tuple[int, int], str]]:
    """Check all XML; the marks of cells (row, column) without a value, by sheet member."""
    faults: dict[str, dict[tuple[int, int], str]] = {}
    for name in archive.namelist():
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        is_sheet = name.startswith("xl/worksheets/")
        rows = columns = cells = 0
        for chunk in _chunks(archive, name):
            if not is_sheet:
                continue
            for letters, digits in _REFERENCE.findall(chunk):
                cells += 1
                rows, columns = max(rows, int(digits)), max(columns, _column(letters))
            if b"<f" in chunk or b't="e"' in chunk:
                faults.setdefault(name, {}).update(_without_value(chunk))
        area = rows * columns
        if area > max(_FEW_CELLS, cells * _MOST_SPREAD) or area > _MOST_CELLS:
            raise Problem(
                f"a cell lies far outside of the table (row {rows}, column {columns}); "
                "delete the empty rows and columns and save the file again"
            )
    return faults


def _without_value(chunk: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, body in _CELL.findall(chunk):
        name = _CELL_NAME.search(attributes)
        if not name:
            continue
        place = int(name[2]), _column(name[1])
        if b't="e"' in attributes:
            yield place, _ERROR
        # A formula whose result is the empty text is cached as a string.
        elif b"<f" in body and b't="str"' not in attributes and not _VALUE.search(body):
            yield place, _UNCACHED


def _sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name to member, by the workbook's relations."""
    import xml.etree.ElementTree as ElementTree

    main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    try:
        targets = {
            node.get("Id"): str(node.get("Target"))
            for node in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        }
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{main}sheet")
    except KeyError:
        return {}
    members = {}
    for sheet in sheets:
        target = targets.get(sheet.get(relation), "").lstrip("/")
        members[str(sheet.get("name"))] = target if target.startswith("xl/") else f"xl/{target}"
    return members


def _text(value: object) -> str:
    """One cell as text that the typed readers cannot misread."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        text = repr(value)
        decimals = text.partition(".")[2]
        # Three decimals could be taken for thousands in a column of decimal commas.
        return f"{text}0" if len(decimals) == 3 and decimals.isdigit() else text
    if isinstance(value, datetime.datetime):
        at_midnight = value.time() == datetime.time(0) and value.year > 1900
        return value.date().isoformat() if at_midnight else value.isoformat(timespec="seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    return str(value)


def _workbook(path: str) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        faults = _scan(archive)
        members = _sheet_members(archive)
    workbook = CalamineWorkbook.from_path(path)
    for name in workbook.sheet_names:
        marks = faults.get(members.get(name, ""), {})
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        # Calamine ends the sheet before rows that hold nothing but cells without a value.
        last = max((row for row, _ in marks), default=0)
        for number in range(1, max(len(rows), last) + 1):
            row = rows[number - 1] if number <= len(rows) else [""] * len(rows[0] if rows else [])
            cells = [_text(value) for value in row]
            if marks:
                for column in range(len(cells)):
                    cells[column] = marks.get((number, column + 1), cells[column])
            writer.writerow(cells)
        content = out.getvalue().encode("utf-8", "replace")
        yield json.dumps({"sheet": name, "bytes": len(content)}).encode() + b"\n" + content


def _document(path: str) -> Iterator[bytes]:
    import docx

    with zipfile.ZipFile(path) as archive:
        _scan(archive)
    paragraphs = [paragraph.text for paragraph in docx.Document(path).paragraphs]
    yield json.dumps({"paragraphs": paragraphs}).encode() + b"\n"


def _read(kind: str, path: str, out: int) -> int:
    """Write the text of a file to `out`; 0 when done, 3 with a problem told there."""
    with open(out, "wb") as text:
        try:
            for part in (_workbook if kind == "xlsx" else _document)(path):
                text.write(part)
        except Problem as problem:
            text.write(json.dumps({"problem": str(problem)}).encode())
            return 3
    return 0


def _be_forked(
    kind: str, path: str, memory: int, seconds: int, out: int, answer: socket.socket
) -> NoReturn:
    """Read one file within limits, say how it went, and end without a way back."""
    try:
        os.close(_REQUESTS)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        answer.send(bytes([_read(kind, path, out)]))
    finally:
        os._exit(1)


def main() -> None:
    """Fork for each request of the socket on standard input, until its other end is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the forked
    with socket.socket(fileno=_REQUESTS) as requests:
        while True:
            request, files, _, _ = socket.recv_fds(requests, _LONGEST_REQUEST, 2)
            if not request:
                os.killpg(0, signal.SIGKILL)
            kind, path, memory, seconds = json.loads(request)
            if kind == "docx":
                import docx  # noqa: F401  once, for all that are forked
            out, answer = files
            pid = os.fork()
            if pid == 0:
                _be_forked(kind, path, memory, seconds, out, socket.socket(fileno=answer))
            os.close(out)
            os.close(answer)
            requests.send(struct.pack("=i", pid))


if __name__ == "__main__":
    main()
