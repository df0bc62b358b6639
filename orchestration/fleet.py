"""Many engagements in one go: a process per processor, each of which pays its start once.

Belongs here: sharing out engagements and surviving a process that is killed. Does not belong here:
what is done for one engagement (commands.run), the stages (flow).
"""

import contextlib
import io
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait

# Processes do better side by side than threads inside of each.
_ONE_THREAD = {"JALON_THREADS": "1", "OMP_NUM_THREADS": "1", "POLARS_MAX_THREADS": "1"}


@dataclass(frozen=True)
class Outcome:
    """What became of one engagement.

    Attributes:
        engagement: its name.
        code: exit code, None where it did not come to an end.
        result: lines for standard output.
        told: lines for the person who waits.
    """

    engagement: str
    code: int | None
    result: str = ""
    told: str = ""


def run_each(
    engagements: Sequence[str], work: Callable[[str], int], processes: int | None = None
) -> Iterator[Outcome]:
    """Do `work` for each engagement, several at a time; yields each outcome as it comes.

    Args:
        engagements: their names.
        work: returns an exit code and raises nothing; must be picklable.
        processes: how many at a time; by default one per processor.
    """
    os.environ.update(_ONE_THREAD)
    processes = min(processes or os.cpu_count() or 1, len(engagements))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _end_with_parent) as pool:
        waiting = {pool.submit(_heard, work, name): name for name in engagements}
        for done in as_completed(waiting):
            yield _outcome(done, waiting[done])


def _outcome(done: "Future[Outcome]", engagement: str) -> Outcome:
    try:
        return done.result()
    except BrokenProcessPool:
        return Outcome(engagement, None, told=f"{engagement}\njalon: its process was killed")
    except Exception as error:  # noqa: BLE001  a fault of ours in one engagement is not the others'
        return Outcome(engagement, None, told=f"{engagement}\njalon: {error!r}")


def _heard(work: Callable[[str], int], engagement: str) -> Outcome:
    """Do the work and keep what it says, so that lines of two engagements do not mix."""
    result, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(result), contextlib.redirect_stderr(told):
        code = work(engagement)
    return Outcome(engagement, code, result.getvalue(), told.getvalue())


def _end_with_parent() -> None:
    """Have this process end when the one that started it dies, however it dies."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()
