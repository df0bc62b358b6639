"""`make bench`, many engagements: the fleet, beside plain DuckDB and Dagster's plain recipe.

The plain recipe is what Dagster's documentation gives: dbt's command line in a process per run,
each step in a process of its own. It is timed on one engagement that the fleet has built, without
ingestion and enrichment (they would be the same code): the comparison favours it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from demo.generate import SEED, write_engagement
from orchestration.commands.console import show
from orchestration.paths import REPOSITORY, Home

DEMO = "belle-ardoise"
FLEET = int(os.environ.get("JALON_BENCH_FLEET", "20"))
_PLAIN_RECIPE = "orchestration.bench_plain_recipe"


def show_fleet(folder: Path, plain_duckdb_seconds: float) -> None:
    """Run the fleet in a new JALON_HOME and print its seconds an engagement and its ratios.

    Args:
        folder: an empty folder.
        plain_duckdb_seconds: for the SQL of one engagement, in this same run.
    """
    home = Home(folder)
    names = write_fleet(home, FLEET)
    first = _jalon_seconds(home, names[0])
    rest = _jalon_seconds(home, "--all")
    unchanged = _jalon_seconds(home, names[0])
    per_engagement = rest / (len(names) - 1)
    recipe = _plain_recipe_seconds(home, names[0])
    show(
        f"fleet: {per_engagement:.1f} s an engagement over {len(names) - 1} with start-up"
        f" (the first alone: {first:.1f} s); {per_engagement / plain_duckdb_seconds:.1f}"
        f" times plain DuckDB ({plain_duckdb_seconds:.1f} s); Dagster's plain recipe"
        f" {recipe:.1f} s on one of them, {recipe / per_engagement:.1f} times as long"
    )
    show(f"unchanged engagement: {unchanged:.1f} s with Python's start")


def write_fleet(home: Home, count: int) -> list[str]:
    """Write `count` demo engagements of different seeds; returns their names."""
    names = [f"agence-{number:02d}" for number in range(count)]
    for number, name in enumerate(names):
        folder = home.engagement(name)
        write_engagement(folder, SEED + number)
        config = folder / "engagement.yaml"
        text = config.read_text(encoding="utf-8")
        config.write_text(
            text.replace(f"engagement: {DEMO}", f"engagement: {name}"), encoding="utf-8"
        )
    return names


def _jalon_seconds(home: Home, which: str) -> float:
    jalon = str(Path(sys.executable).with_name("jalon"))
    return _seconds([jalon, "run", which, "--no-report"], {"JALON_HOME": str(home.root)})


def _plain_recipe_seconds(home: Home, engagement: str) -> float:
    dagster_home = home.root / "plain-recipe"
    dagster_home.mkdir()
    environment = {
        "JALON_HOME": str(home.root),
        "JALON_BENCH_ENGAGEMENT": engagement,
        "JALON_WAREHOUSE": str(dagster_home / "warehouse.duckdb"),
        "DAGSTER_HOME": str(dagster_home),
    }
    dagster = [
        sys.executable,
        "-m",
        "dagster",
        "job",
        "execute",
        "-m",
        _PLAIN_RECIPE,
        "-j",
        "plain",
    ]
    return _seconds(dagster, environment)


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=REPOSITORY, env=os.environ | environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr[-2000:]}")
    return time.perf_counter() - started
