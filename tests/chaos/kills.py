"""SIGKILL of everything: at random moments of the flow and of a publication, and at each step."""

import shutil
from pathlib import Path

from reports.publication import damaged_files, publish, published_months
from tests.chaos.checks import Stage, Tally, check_readers, check_recovery, dice, run
from tests.chaos.commands import in_own_group
from tests.publication.builds import build_with

# In the order in which a run reaches them. What follows, `prune`, is killed in tests/publication:
# after a kill at `current` the next run finds everything published.
STEPS = (
    "ingest", "enrich", "transform", "export", "gate", "stage", "manifest", "sync", "rename",
    "link", "current",
)  # fmt: skip
_MOST_IN_A_ROW = 5


def kill_the_flow(stage: Stage, count: int, seed: int) -> Tally:
    """Kill `jalon run` `count` times: one to five times in a row, then let it recover."""
    tally, draw, number = Tally("SIGKILL at random moments of the flow"), dice(seed), 0
    seconds = stage.seconds
    while tally.done["kills"] < count:
        home = stage.copy(f"flow-{seed}-{number}")
        number += 1
        moments: list[str] = []
        for _ in range(min(draw.randint(1, _MOST_IN_A_ROW), count - tally.done["kills"])):
            moment = draw.uniform(0, seconds)
            outcome = run(home, kill_after=moment)
            tally.done["kills" if outcome.was_killed else "ended before the kill"] += 1
            moments.append(f"{moment:.1f} s")
            check_readers(stage, home, tally, f"kills at {moments}")
        recovery = check_recovery(stage, home, tally, f"kills at {moments}")
        # What a run takes changes with what else the machine does.
        seconds = (seconds + recovery.seconds) / 2
        shutil.rmtree(home)
        print(f"    {tally.line()}", flush=True)
    return tally


def kill_at_each_step(stage: Stage, steps: tuple[str, ...] = STEPS) -> Tally:
    """Kill at each named step in turn, each run continuing what the last one left."""
    tally, home = Tally("SIGKILL at each named step"), stage.copy("steps")
    for step in steps:
        outcome = run(home, kill_at=step)
        tally.done["kills"] += outcome.was_killed
        if not outcome.was_killed:
            tally.faults.append(f"step {step} was not reached: {outcome.output}")
        check_readers(stage, home, tally, f"a kill at {step}")
    check_recovery(stage, home, tally, "kills at all steps")
    return tally


def kill_publications(folder: Path, count: int, seed: int) -> Tally:
    """Kill a process while it publishes; the next publication of the same build succeeds."""
    tally, draw = Tally("SIGKILL at random moments of a publication"), dice(seed)
    published, builds = folder / "published", folder / "builds"
    publish(build_with(builds, 0, "build0"), published, "2026-01", "build0", {})
    number, seconds = 0, 0.1
    while tally.done["kills"] < count:
        number += 1
        build_id = f"build{number}"
        build = build_with(builds, number, build_id)

        def action(build: Path = build, build_id: str = build_id) -> None:
            publish(build, published, "2026-01", build_id, {})

        outcome = in_own_group(action, folder / "out", draw.uniform(0, seconds))
        tally.done["kills" if outcome.was_killed else "ended before the kill"] += 1
        shown = published_months(published).get("2026-01")
        if shown not in (build_id, f"build{number - 1}") or damaged_files(
            published / ".builds" / str(shown)
        ):
            tally.faults.append(f"torn publication after a kill of {build_id}")
        again = in_own_group(action, folder / "out")
        seconds = 0.9 * seconds + 0.1 * again.seconds * 1.5
        tally.done["recovered"] += 1
        if again.code != 0 or published_months(published)["2026-01"] != build_id:
            tally.faults.append(f"{build_id} cannot be published after a kill: {again.output}")
    return tally
