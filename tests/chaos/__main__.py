"""The chaos harness: `python -m tests.chaos [--short] [PART ...]`, the long form by `make chaos`.

The short form is what CI runs. Ends with 1 where anything was found.
"""

import argparse
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from tests.chaos import kills, readers, storage
from tests.chaos.checks import Stage, Tally, set_the_stage
from tests.chaos.commands import warm_up

_SEED = 2026
_OF_THE_FLOW = 60
_OF_PUBLICATIONS = 140

Part = Callable[[Stage], Tally]


def _folder(stage: Stage, name: str) -> Path:
    folder = stage.folder / name
    folder.mkdir()
    return folder


LONG: dict[str, Part] = {
    "publications": lambda stage: readers.publish_under_readers(_folder(stage, "pub"), 1000, 8),
    "publication-kills": lambda stage: kills.kill_publications(
        _folder(stage, "kills"), _OF_PUBLICATIONS, _SEED
    ),
    "steps": kills.kill_at_each_step,
    "flow-kills-1": lambda stage: kills.kill_the_flow(stage, _OF_THE_FLOW // 2, _SEED),
    "flow-kills-2": lambda stage: kills.kill_the_flow(stage, _OF_THE_FLOW // 2, _SEED + 1),
    "disk-full": lambda stage: storage.fill_the_disk(stage, (0.05, 0.4, 0.7)),
    "read-only": lambda stage: storage.lock_folders(
        stage, ("lake", "builds", "published", "dagster", "")
    ),
    "damage": lambda stage: storage.damage_files(stage, _SEED, storage.GROUPS),
}
SHORT: dict[str, Part] = {
    "publications": lambda stage: readers.publish_under_readers(_folder(stage, "pub"), 60, 4),
    "publication-kills": lambda stage: kills.kill_publications(_folder(stage, "kills"), 20, _SEED),
    "steps": lambda stage: kills.kill_at_each_step(stage, ("gate", "manifest", "link", "current")),
}
_NEED_MOUNT = {"disk-full", "read-only"}


def main() -> int:
    """Run the parts asked for and tell each one's figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="what CI runs")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(LONG)}; default: all")
    asked = parser.parse_args()
    parts = SHORT if asked.short else LONG
    warnings.simplefilter("ignore")
    folder = Path(tempfile.mkdtemp(prefix="jalon-chaos-"))
    started, faults = time.monotonic(), 0
    try:
        warm_up()
        stage = set_the_stage(folder)
        print(f"undisturbed run: {stage.seconds:.1f} s", flush=True)
        for name in asked.parts or parts:
            if name in _NEED_MOUNT and not storage.can_mount():
                print(f"{name}: left out, needs the right to mount", flush=True)
                continue
            tally = parts[name](stage)
            faults += len(tally.faults)
            took = time.monotonic() - started
            print("\n  ".join([f"{took:6.0f} s  {tally.line()}", *tally.faults]), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
