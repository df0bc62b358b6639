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
