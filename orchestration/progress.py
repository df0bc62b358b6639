"""What a person sees while the flow runs: a line per stage with its time, and what it did."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from orchestration.logs import mask_error

# Note of a stage that found its work done: a hint is enough, as later stages look again.
UNCHANGED = "unchanged"


class Say(Protocol):
    """Receives a line for people, and the same as fields for machines."""

    def __call__(self, text: str, **fields: Any) -> None:
        """Take one line."""


@dataclass
class Progress:
    """Stage lines for whoever waits, and their times for the summary.

    Attributes:
        say: receives each line (the terminal for `jalon run`, the run's log in Dagster).
        hint: receives what a stage is doing at the moment, to be shown until the next line.
        seconds: wall time by stage, in order.
    """

    say: Say = lambda text, **fields: None
    hint: Callable[[str], None] = lambda _: None
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[list[str]]:
        """Time a stage; what the block appends to the list is told beside the time.

        Raises:
            Exception: what the block raised, its text masked: Dagster stores it.
        """
        notes: list[str] = []
        started = time.monotonic()
        try:
            yield notes
        except Exception as error:
            mask_error(error)
            raise
        took = time.monotonic() - started
        self.seconds[name] = self.seconds.get(name, 0.0) + took
        line = f"  {name:<12}{took:7.1f} s   {'; '.join(notes)}".rstrip()
        if UNCHANGED in notes:
            self.hint(line.strip())
        else:
            self.say(line, stage=name, seconds=round(took, 3), notes=notes)
