"""The short form of the chaos harness, in a process of its own: it forks before any thread runs."""

import subprocess
import sys

import pytest

from orchestration.paths import REPOSITORY


@pytest.mark.chaos
@pytest.mark.slow
def test_nothing_is_torn_stuck_or_different_after_kills() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", "--short"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr[-4000:]}"
    assert done.stdout.count("; 0 faults") == 3
