"""The process from which one is forked for each Office file that is read.

It is started at the first file of this process and has the libraries imported, which takes ten
times as long as to read a file. It sees no file itself, so that nothing of one reaches the next;
when this process ends, however it ends, it takes what it forked with it.
Does not belong here: limits and answers (sandbox), what is done in the forked process
(sandbox_child).
"""

import atexit
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

_CHILD = Path(__file__).with_name("sandbox_child.py")
_PID = struct.Struct("=i")


class _Template:
    """A running `sandbox_child.py`."""

    def __init__(self, owner: int) -> None:
        self._owner = owner
        self._lock = threading.Lock()
        self._requests, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-I", str(_CHILD)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        atexit.register(self.close)

    def fork(self, request: bytes, files: Sequence[int]) -> int:
        """Have a process forked that was given `files`; returns its id.

        Raises:
            OSError: where there is no process to fork from any more.
        """
        with self._lock:
            socket.send_fds(self._requests, [request], files)
            answer = self._requests.recv(_PID.size)
        if not answer:
            raise ConnectionResetError
        return int(_PID.unpack(answer)[0])

    def close(self) -> None:
        """End it, and what it forked."""
        if os.getpid() == self._owner:
            atexit.unregister(self.close)
            # Closing would not be seen where a copy of this process has the socket too.
            with suppress(OSError):
                self._requests.shutdown(socket.SHUT_RDWR)
            self._process.wait()


@cache
def _template_of(process: int) -> _Template:
    # A forked copy of this process starts its own: two must not share a socket.
    return _Template(process)


def run_forked(kind: str, path: Path, memory: int, seconds: int, out: int) -> int | None:
    """Have a file read in a process of its own.

    Args:
        kind: `xlsx` or `docx`.
        path: of the file.
        memory: most bytes of address space, and of what is written.
        seconds: most seconds, of the processor and of the clock.
        out: descriptor of the file that the text is written to.

    Returns:
        What the process said at its end; None where it died.

    Raises:
        TimeoutError: for one that took longer and was killed.
    """
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            request = json.dumps([kind, str(path.absolute()), memory, seconds]).encode()
            files = [out, theirs.fileno()]
            template = _template_of(os.getpid())
            try:
                pid = template.fork(request, files)
            except OSError:  # it was killed
                template.close()
                _template_of.cache_clear()
                pid = _template_of(os.getpid()).fork(request, files)
        ours.settimeout(seconds)
        try:
            said = ours.recv(1)
        except TimeoutError:
            # It lives, for it holds its end of the socket, which shows when it does no more.
            os.kill(pid, signal.SIGKILL)
            ours.settimeout(None)
            ours.recv(1)
            raise
    return said[0] if said else None
