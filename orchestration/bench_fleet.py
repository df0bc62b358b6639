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
_MANY = 20
_FEW = 4
_PLAIN_RECIPE = "orchestration.bench_plain_recipe"


def show_fleet(folder: Path, plain_duckdb_seconds: float) -> None:
    """Run two fleets in a new JALON_HOME and print what an engagement takes, and its ratios.

    A few engagements and many more, each fleet in a command of its own: what the larger one takes
    longer is its further engagements, the rest is start-up.

    Args:
        folder: an empty folder.
        plain_duckdb_seconds: for the SQL of one engagement, in this same run.
    """
    home = Home(folder)
    first = write_fleet(home, range(1))[0]
    alone = _jalon_seconds(home, first)
    few = _fleet_seconds(home, range(1, 1 + _FEW))
    many = _fleet_seconds(home, range(1 + _FEW, 1 + _FEW + _MANY))
    unchanged = _jalon_seconds(home, first)
    per_engagement = (many - few) / (_MANY - _FEW)
    recipe = _plain_recipe_seconds(home, first)
    show(
        f"fleet: {per_engagement:.1f} s an engagement after {few - _FEW * per_engagement:.1f} s of"
        f" start-up ({_MANY} in {many:.1f} s; one alone, in a new folder: {alone:.1f} s);"
        f" {per_engagement / plain_duckdb_seconds:.1f} times plain DuckDB"
        f" ({plain_duckdb_seconds:.1f} s); Dagster's plain recipe {recipe:.1f} s on one of them,"
        f" {recipe / per_engagement:.1f} times as long"
    )
    show(f"unchanged engagement: {unchanged:.1f} s with Python's start")


def write_fleet(home: Home, numbers: range) -> list[str]:
    """Write demo engagements, each of a seed of its own; returns their names."""
    names = [f"agence-{number:02d}" for number in numbers]
    for number, name in zip(numbers, names, strict=True):
        folder = home.engagement(name)
        write_engagement(folder, SEED + number)
        config = folder / "engagement.yaml"
        text = config.read_text(encoding="utf-8")
        config.write_text(
            text.replace(f"engagement: {DEMO}", f"engagement: {name}"), encoding="utf-8"
        )
    return names


def _fleet_seconds(home: Home, numbers: range) -> float:
    """Seconds for new engagements; those built before are found unchanged within."""
    write_fleet(home, numbers)
    return _jalon_seconds(home, "--all")


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
