"""The report's shell for tests that need it: built once per version, kept between runs."""

from pathlib import Path

import pytest

from reports.shell import build_shell

# The cache that `make run` uses too: a shell takes minutes.
WORK = Path(__file__).resolve().parents[2] / "data" / "report-shell"


@pytest.fixture(scope="session")
def shell() -> Path:
    return build_shell(WORK, progress=lambda _: None)


@pytest.fixture(scope="session")
def work() -> Path:
    return WORK
