"""The real `jalon` command in a process group of its own, to be killed at any moment.

Each command is a fork of one process that has imported everything: a kill then hits the flow, not
the imports, and two hundred of them take minutes. Does not belong here: what is checked.
"""

import importlib
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_WAIT = 0.002
_SLOW_IMPORTS = (
    "dagster",
    "dbt.adapters.duckdb",
    "dbt.cli.main",
    "great_expectations",
    "orchestration.build_defs",
    "orchestration.cli",
    "orchestration.flow",
    "orchestration.launch",
    "quality.gate",
)


@dataclass(frozen=True)
class Outcome:
    """How a command ended.

    Attributes:
        code: exit code; None where it was killed.
        seconds: wall time.
        output: what it wrote, both streams.
    """

    code: int | None
    seconds: float
    output: str

    @property
    def was_killed(self) -> bool:
        """Whether the kill came before the end."""
        return self.code is None


def warm_up() -> None:
    """Import what commands need; call it before the first fork."""
    for module in _SLOW_IMPORTS:
        importlib.import_module(module)


def jalon(
    home: Path, *arguments: str, kill_after: float | None = None, kill_at: str = ""
) -> Outcome:
    """Run a command on `home`.

    Args:
        home: JALON_HOME.
        arguments: of the command.
        kill_after: seconds until the whole process group is killed.
        kill_at: name of the step at which the process kills itself (orchestration.crash_points).
    """

    def command() -> None:
        os.environ["JALON_HOME"] = str(home)
        os.environ["JALON_KILL_AT"] = kill_at
        from orchestration.cli import app

        app(list(arguments))

    return in_own_group(command, home.with_suffix(".out"), kill_after)


def in_own_group(
    action: Callable[[], None], output: Path, kill_after: float | None = None
) -> Outcome:
    """Fork, run `action` as the leader of a process group, and kill the group after a while."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        _be_the_child(action, output)
    # Both do it: whichever comes first, the group is there before anybody kills it.
    with suppress(PermissionError, ProcessLookupError):
        os.setpgid(child, child)
    code = None
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
            break
        if kill_after is not None and time.monotonic() - started >= kill_after:
            os.killpg(child, signal.SIGKILL)
            _, status = os.waitpid(child, 0)
            code = os.WEXITSTATUS(status) if os.WIFEXITED(status) else None
            break
        time.sleep(_WAIT)
    seconds = time.monotonic() - started
    return Outcome(code, seconds, output.read_text("utf-8", "replace") if output.exists() else "")


def _be_the_child(action: Callable[[], None], output: Path) -> None:
    code = 70
    try:
        os.setpgid(0, 0)
        descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(descriptor, 1)
        os.dup2(descriptor, 2)
        action()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001  what a person would see as a traceback
        import traceback

        traceback.print_exc()
    finally:
        # Whatever happens, the child must not go on as if it were the harness.
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
