"""What must hold of a home after whatever happened to it.

Belongs here: looking at one home, and counting. Does not belong here: what happened (the modules
named after it).
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.invariants import verify
from orchestration.paths import Home
from reports.marts import parquet_hashes
from tests.chaos.commands import Outcome, in_own_group, jalon
from tests.chaos.engagement import MONTH, NAME, add_late_export, write_engagement

Hashes = dict[str, str]
# A run that takes longer than this hangs.
_HANGS_AFTER = 1800.0


@dataclass
class Tally:
    """What a part of the harness did and found.

    Attributes:
        part: its name.
        done: what was done, counted by kind.
        faults: what must be empty; each names what was done before.
    """

    part: str
    done: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line for people."""
        told = ", ".join(f"{count} {what}" for what, count in self.done.items())
        return f"{self.part}: {told}; {len(self.faults)} faults"


@dataclass(frozen=True)
class Stage:
    """A published home with a late export in its inbox, and what the next run has to publish.

    Attributes:
        home: template, to be copied.
        before: hashes of the published Parquet files.
        after: the same once the late export is published.
        seconds: how long the run takes.
        folder: for copies.
    """

    home: Path
    before: Hashes
    after: Hashes
    seconds: float
    folder: Path

    def copy(self, name: str) -> Path:
        """A fresh copy of the template."""
        target = self.folder / name
        shutil.copytree(self.home, target, symlinks=True)
        return target


def set_the_stage(folder: Path) -> Stage:
    """Publish the small engagement, then its late export in a copy."""
    home, reference = folder / "template", folder / "reference"
    write_engagement(Home(home).engagement(NAME))
    _must_succeed(run(home))
    before = published(home)
    add_late_export(Home(home).engagement(NAME))
    shutil.copytree(home, reference, symlinks=True)
    outcome = _must_succeed(run(reference))
    after = published(reference)
    if before == after:
        raise RuntimeError("the late export changes nothing: the harness would prove nothing")
    return Stage(home, before, after, outcome.seconds, folder)


def run(home: Path, kill_after: float | None = None, kill_at: str = "") -> Outcome:
    """`jalon run` without the report, which needs Node and minutes."""
    return jalon(
        home,
        "run",
        NAME,
        "--no-report",
        kill_after=_HANGS_AFTER if kill_after is None else kill_after,
        kill_at=kill_at,
    )


def published(home: Path) -> Hashes:
    """Hashes of the Parquet files that a reader of the month gets now; empty where none."""
    link = Home(home).published(NAME) / MONTH
    return parquet_hashes(link.resolve() / "marts") if link.is_symlink() else {}


def check_readers(stage: Stage, home: Path, tally: Tally, what: str) -> None:
    """What readers see is one of the two publications, whole."""
    if published(home) not in (stage.before, stage.after):
        tally.faults.append(f"torn publication after {what}")


def check_recovery(stage: Stage, home: Path, tally: Tally, what: str) -> Outcome:
    """The next run succeeds unattended, gives the same bytes and leaves no run behind."""
    outcome = run(home)
    tally.done["recovered"] += 1
    if outcome.was_killed:
        tally.faults.append(f"run hangs after {what}")
    elif outcome.code != 0:
        tally.faults.append(f"next run ends with {outcome.code} after {what}: {outcome.output}")
    elif published(home) != stage.after:
        tally.faults.append(f"other bytes after {what}")
    # In a fork: DuckDB and Dagster start threads, which the next fork could not take along.
    found = in_own_group(lambda: print(*_left_behind(home), sep="\n"), home.with_suffix(".found"))
    if found.code != 0 or found.output.strip():
        tally.faults.append(f"after {what}: {found.output.strip()}")
    return outcome


def _left_behind(home: Path) -> list[str]:
    from dagster import DagsterInstance, DagsterRunStatus, RunsFilter

    ended = {DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED}
    unended = RunsFilter(statuses=[s for s in DagsterRunStatus if s not in ended])
    with DagsterInstance.from_config(str(home / "dagster")) as instance:
        stuck = [f"stuck run {r.run_id}" for r in instance.get_runs(filters=unended)]
    return stuck + [f"{f.invariant} {f.where}: {f.message}" for f in verify(Home(home), NAME)]


def _must_succeed(outcome: Outcome) -> Outcome:
    if outcome.code != 0:
        raise RuntimeError(f"the undisturbed run ends with {outcome.code}: {outcome.output}")
    return outcome


def dice(seed: int) -> random.Random:
    """Random but repeatable."""
    return random.Random(seed)
