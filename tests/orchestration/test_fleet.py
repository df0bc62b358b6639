"""A fleet goes on when one engagement fails or its process is killed."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from orchestration.fleet import run_each


def _work(engagement: str) -> int:
    sys.stdout.write(f"result of {engagement}\n")
    sys.stderr.write(f"told of {engagement}\n")
    return 2 if engagement == "basalte" else 0


def _die(engagement: str) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def _raise(engagement: str) -> int:
    raise RuntimeError("of ours")


def _wait_for_ever(engagement: str) -> int:
    Path(engagement).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(600)
    return 0


def _is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"


def test_each_engagement_has_its_own_outcome_and_its_own_lines() -> None:
    outcomes = {o.engagement: o for o in run_each(["basalte", "granit", "onyx"], _work, 2)}
    assert {name: outcome.code for name, outcome in outcomes.items()} == {
        "basalte": 2,
        "granit": 0,
        "onyx": 0,
    }
    for name, outcome in outcomes.items():
        assert outcome.result == f"result of {name}\n"
        assert outcome.told == f"told of {name}\n"


def test_a_killed_process_is_an_outcome_not_an_error() -> None:
    assert [outcome.code for outcome in run_each(["granit"], _die, 1)] == [None]


def test_a_fault_in_one_engagement_is_told_and_leaves_the_others() -> None:
    outcomes = list(run_each(["granit", "onyx"], _raise, 1))
    assert [outcome.code for outcome in outcomes] == [None, None]
    assert all("of ours" in outcome.told for outcome in outcomes)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes as Linux shows them")
def test_workers_end_with_the_process_that_started_them(tmp_path: Path) -> None:
    started = tmp_path / "pid"
    parent = os.fork()
    if parent == 0:
        list(run_each([str(started)], _wait_for_ever, 1))
        os._exit(0)
    deadline = time.monotonic() + 120
    while not (started.exists() and started.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    worker = int(started.read_text(encoding="utf-8"))
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    while _is_running(worker):
        assert time.monotonic() < deadline
        time.sleep(0.1)
