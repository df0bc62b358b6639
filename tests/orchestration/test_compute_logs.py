"""What a run prints: kept for Dagster's UI, and shown where it would have been."""

import os
import subprocess
import sys
from pathlib import Path

from dagster._core.storage.compute_log_manager import ComputeIOType

from orchestration.compute_logs import ThreadedComputeLogManager

KEY = ["run", "compute_logs", "step"]
PRINTS = """
import os, sys
from orchestration.compute_logs import ThreadedComputeLogManager
print("before", flush=True)
with ThreadedComputeLogManager(sys.argv[1]).capture_logs(["run", "compute_logs", "step"]):
    print("granit")
    os.system("echo basalte >&2")
print("after")
"""


def test_what_is_printed_is_kept_and_shown(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRINTS, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "before\ngranit\nafter\n"
    assert done.stderr == "basalte\n"
    logs = ThreadedComputeLogManager(str(tmp_path))
    assert logs.is_capture_complete(KEY)
    kept = logs.get_log_data(KEY)
    assert (kept.stdout, kept.stderr) == (b"granit\n", b"basalte\n")


FILLS = """
import resource, sys
from orchestration.compute_logs import ThreadedComputeLogManager
try:
    with ThreadedComputeLogManager(sys.argv[1]).capture_logs(["run", "compute_logs", "step"]):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))  # as a full disk
        print("granit", file=sys.stderr)
except OSError as error:
    print("could not finish:", error, file=sys.stderr)
"""


def test_where_nothing_more_can_be_kept_the_person_is_still_told(tmp_path: Path) -> None:
    # As people run it: without PYTHONUNBUFFERED, under which nothing waits to be written.
    command = [sys.executable, "-E", "-c", FILLS, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "could not finish: [Errno 27] File too large" in done.stderr


def test_what_is_printed_where_nobody_looks_any_more_is_kept(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    subprocess.run(
        [sys.executable, "-c", PRINTS.replace('print("before", flush=True)', ""), str(tmp_path)],
        stderr=write,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    os.close(write)
    logs = ThreadedComputeLogManager(str(tmp_path))
    assert logs.get_log_data_for_type(KEY, ComputeIOType.STDERR, 0, None)[0] == b"basalte\n"
