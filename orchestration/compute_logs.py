"""What a run prints, kept for Dagster's UI and shown on the terminal, without further processes.

The stock manager starts `tail`, and a Python to watch over it, for each of the two streams of each
run. Here a thread does it.
Does not belong here: what is logged (logs), how Dagster's events are kept (event_log).
"""

import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TextIO

from dagster._core.execution.compute_logs import redirect_to_file
from dagster._core.storage.compute_log_manager import CapturedLogContext, ComputeIOType
from dagster._core.storage.local_compute_log_manager import (
    IO_TYPE_EXTENSION,
    LocalComputeLogManager,
)
from dagster._serdes import ConfigurableClassData

from orchestration.paths import Home

_LOOK_SECONDS = 0.1


class ThreadedComputeLogManager(LocalComputeLogManager):
    """The stock manager; a thread of this process shows what is written."""

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """No configuration: the place follows from DAGSTER_HOME."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> "ThreadedComputeLogManager":
        """The manager of the instance in DAGSTER_HOME."""
        home = Path(os.environ.get("DAGSTER_HOME") or Home.from_environment().dagster)
        return cls(str(home / "storage"), inst_data=inst_data)

    @contextmanager
    def capture_logs(self, log_key: Sequence[str]) -> Iterator[CapturedLogContext]:
        """Keep what is printed inside."""
        out, err = (
            Path(self.get_captured_local_path(log_key, IO_TYPE_EXTENSION[kind]))
            for kind in (ComputeIOType.STDOUT, ComputeIOType.STDERR)
        )
        with _kept(sys.stdout, out), _kept(sys.stderr, err):
            yield CapturedLogContext(log_key)
        Path(self.get_captured_local_path(log_key, "complete")).touch()


@contextmanager
def _kept(stream: TextIO, path: Path) -> Iterator[None]:
    """Have what is written to the stream's descriptor in the file too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    try:
        shown = os.dup(stream.fileno())
    except OSError:  # the stream is no file: somebody in this process reads it
        yield
        return
    ended = threading.Event()
    with os.fdopen(shown, "wb", buffering=0) as terminal, path.open("rb") as written:
        written.seek(0, os.SEEK_END)
        thread = threading.Thread(target=_show, args=(written, terminal, ended), daemon=True)
        thread.start()
        try:
            with redirect_to_file(stream, path):
                yield
        finally:
            # Where the file's disk is full, what is above ends before it has put the stream back.
            os.dup2(terminal.fileno(), stream.fileno())
            ended.set()
            thread.join()


def _show(written: IO[bytes], terminal: IO[bytes], ended: threading.Event) -> None:
    is_last = False
    with suppress(OSError):  # nobody looks any more
        while not is_last:
            is_last = ended.wait(_LOOK_SECONDS)
            terminal.write(written.read())
