"""What tests of several areas share: the demo, carried once through the real command line."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Beside the tests themselves, two processors carry the demo in a few minutes.
_RUN_TIMEOUT = 1800
_ENGAGEMENT = "belle-ardoise"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks first for the demo waits for its run, whatever the limit of other tests."""
    for item in items:
        if "demo_home" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.timeout(_RUN_TIMEOUT + 60))


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A JALON_HOME with the demo published, for all tests and workers: read it, never write.

    A test that must change something copies the folder first.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home, done = shared / "demo_home", shared / "demo_home.done"
    with (shared / "demo_home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _publish_demo(home)
            done.touch()
    return home


def _publish_demo(home: Path) -> None:
    folder = home / "engagements" / _ENGAGEMENT
    jalon = Path(sys.executable).with_name("jalon")
    commands = [
        [sys.executable, "-m", "demo", str(folder)],
        [str(jalon), "run", _ENGAGEMENT, "--no-report"],
    ]
    environment = os.environ | {"JALON_HOME": str(home)}
    for command in commands:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_RUN_TIMEOUT
        )
        assert done.returncode == 0, f"{command[1:]}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
