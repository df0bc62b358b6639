"""A thousand publications while eight processes read: none fails, none is torn or mixed."""

import json
import os
import time
from collections import Counter
from pathlib import Path

import duckdb

from reports.publication import publish
from tests.chaos.checks import Tally
from tests.chaos.commands import in_own_group
from tests.publication.builds import build_with, write_verdict

_MONTH = "2026-01"
_DIFFERENT = 12
# Enough to meet every publication, and leaves the processor to the publisher.
_PAUSE = 0.1


def publish_under_readers(folder: Path, publications: int, readers: int) -> Tally:
    """Publish builds one after the other; each has one value in all its tables and files."""
    tally = Tally(f"{publications:,} publications under {readers} readers")
    published, stop = folder / "published", folder / "stop"
    pids = []

    def publish_all() -> None:
        builds = [build_with(folder / "builds", n, f"b{n}") for n in range(_DIFFERENT)]
        for number in range(publications):
            build = builds[number % _DIFFERENT]
            write_verdict(build, f"build{number}")
            publish(build, published, _MONTH, f"build{number}", {})

    for number in range(readers):
        if (pid := os.fork()) == 0:
            _read_until(stop, published, folder / f"reader-{number}.json")
        pids.append(pid)
    outcome = in_own_group(publish_all, folder / "out")
    stop.touch()
    for pid in pids:
        os.waitpid(pid, 0)
    if outcome.code != 0:
        tally.faults.append(f"publishing ended with {outcome.code}: {outcome.output}")
    tally.done["publications"] = publications
    for number in range(readers):
        for what, count in json.loads((folder / f"reader-{number}.json").read_text()).items():
            tally.done[what] += count
    tally.faults += [f"{tally.done[w]} {w}" for w in ("failed", "torn", "mixed") if tally.done[w]]
    return tally


def _read_until(stop: Path, published: Path, result: Path) -> None:
    counts = Counter(reads=0, failed=0, torn=0, mixed=0)
    while not stop.exists():
        if not (published / _MONTH).exists():
            time.sleep(_PAUSE)
            continue
        counts["reads"] += 1
        try:
            tables, files = _look(published)
            counts["torn"] += len(tables) != 1
            counts["mixed"] += files != tables
        except Exception as error:  # noqa: BLE001  whatever a reader meets is the finding
            counts["failed"] += 1
            result.with_suffix(".error").write_text(str(error))
        time.sleep(_PAUSE)
    result.write_text(json.dumps(counts))
    os._exit(0)


def _look(published: Path) -> tuple[set[int], set[int]]:
    """Values in the DuckDB file and in the Parquet files, the link resolved once."""
    folder = (published / _MONTH).resolve()
    with duckdb.connect(str(folder / "marts.duckdb"), read_only=True) as connection:
        sql = "select distinct v from dim_a union all select distinct v from fct_b"
        tables = {value for (value,) in connection.execute(sql).fetchall()}
        files = set()
        for path in sorted((folder / "marts").glob("*.parquet")):
            found = connection.execute("select distinct v from read_parquet(?)", [str(path)])
            files |= {value for (value,) in found.fetchall()}
    return tables, files
