"""Office files are read in processes of their own: limited, killed, and gone with their parent."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from ingestion.readers.sandbox_parent import run_forked

MEMORY = 900 << 20
READ_FOR_EVER = (
    "import sys, tempfile; from pathlib import Path;"
    "from ingestion.readers.sandbox_parent import run_forked;"
    f"run_forked('xlsx', Path(sys.argv[1]), {MEMORY}, 600, tempfile.TemporaryFile().fileno())"
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Basalte"])
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A file whose reader waits for ever."""
    os.mkfifo(tmp_path / "endless.xlsx")
    return tmp_path / "endless.xlsx"


def read(path: Path, memory: int = MEMORY, seconds: int = 60) -> tuple[int | None, bytes]:
    with tempfile.TemporaryFile() as out:
        said = run_forked("xlsx", path, memory, seconds, out.fileno())
        out.seek(0)
        return said, out.read()


def children(of: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        if int(told[1]) == of and told[0] != "Z":
            yield int(stat.parent.name)


def template_of(process: int) -> int:
    (found,) = [
        child
        for child in children(process)
        if b"sandbox_child" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return found


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_file_that_takes_too_long_is_killed_and_the_next_is_read(
    workbook: Path, endless: Path
) -> None:
    with pytest.raises(TimeoutError):
        read(endless, seconds=1)
    assert not list(children(template_of(os.getpid())))
    said, text = read(workbook)
    assert said == 0
    assert text.endswith(b"Basalte\n")


def test_a_file_that_asks_for_more_memory_than_it_may_is_given_up(workbook: Path) -> None:
    assert read(workbook, memory=1 << 20)[0] is None
    assert read(workbook)[0] == 0


def test_files_are_read_side_by_side(workbook: Path, endless: Path) -> None:
    with ThreadPoolExecutor(5) as pool:
        stuck = pool.submit(read, endless, seconds=5)
        wanted = read(workbook)
        assert {pool.submit(read, workbook).result() for _ in range(8)} == {wanted}
        assert not stuck.done()
        with pytest.raises(TimeoutError):
            stuck.result()


def test_the_process_that_is_forked_from_is_started_again_where_it_was_killed(
    workbook: Path,
) -> None:
    read(workbook)
    killed = template_of(os.getpid())
    os.kill(killed, signal.SIGKILL)
    assert read(workbook)[0] == 0
    assert template_of(os.getpid()) != killed


def test_nothing_is_left_of_a_process_that_was_killed(endless: Path) -> None:
    reader = subprocess.Popen([sys.executable, "-c", READ_FOR_EVER, str(endless)])
    wait_until(lambda: any(list(children(child)) for child in children(reader.pid)))
    template = template_of(reader.pid)
    (forked,) = children(template)
    reader.kill()
    reader.wait()
    wait_until(lambda: not any(Path(f"/proc/{pid}/fd/1").exists() for pid in (template, forked)))
