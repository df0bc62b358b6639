"""How fast a large timesheet is ingested, beside plain DuckDB reading the same file.

Run as `python -m orchestration.bench_ingest [ROWS]`; `make bench` runs it with a million rows. Both
are timed in the same run, in a process of their own, so that ratio and peak memory (children
included) are theirs alone.
"""

import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from ingestion.snapshot import ingest
from orchestration.commands.console import say, show

_ROWS = 1_000_000
_PEOPLE = 200
_TASKS = 40
_CHUNK = 100_000
_ENGAGEMENT = "bench"
_HEADER = (
    "\ufeffUser,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
    "End time,Duration,Tags,Amount (EUR)\n"
)
_CONFIG = """\
engagement: bench
client: Agence Banc
language: fr
timezone: Europe/Paris
currency: EUR
calendar:
  baseline: {start: 2026-01-01, end: 2026-03-31}
  programme_start: 2026-04
  weekly_hours: 35
teams:
  creation: {name: Création, headcount: 200, hourly_cost: 40}
"""


def main() -> None:
    """Print the `ingest:` line for the rows of the command line."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else _ROWS
    with tempfile.TemporaryDirectory(prefix="jalon-bench-") as name:
        folder = Path(name)
        inbox = _write_engagement(folder)
        _write_toggl(inbox / "toggl.csv", rows)
        plain = _plain_duckdb_seconds(inbox / "toggl.csv", folder / "plain.parquet")
        started = time.perf_counter()
        snapshot = ingest(folder / _ENGAGEMENT, folder / "lake", folder / "vault", progress=say)
        seconds = time.perf_counter() - started
        (file,) = snapshot.files
        show(
            f"ingest: {file.rows_in:,} rows of Toggl in {seconds:.1f} s, {seconds / plain:.1f} "
            f"times plain DuckDB to Parquet ({plain:.1f} s); peak memory {_peak_megabytes():.0f} "
            f"MB; {file.rows_loaded:,} loaded"
        )


def show_ingest() -> None:
    """Run the measure in a process of its own and show its lines."""
    subprocess.run([sys.executable, "-m", "orchestration.bench_ingest"], check=True)


def _plain_duckdb_seconds(source: Path, target: Path) -> float:
    started = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute(
            "copy (from read_csv(?, header = true)) to '" + str(target) + "' (format parquet)",
            [str(source)],
        )
    return time.perf_counter() - started


def _peak_megabytes() -> float:
    """Of this process and of the largest of its children; kilobytes on Linux."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(one).ru_maxrss for one in who) / 1024


def _write_engagement(folder: Path) -> Path:
    root = folder / _ENGAGEMENT
    inbox = root / "inbox" / "timesheets"
    inbox.mkdir(parents=True)
    (root / "engagement.yaml").write_text(_CONFIG, encoding="utf-8")
    people = [
        f"Pierre N{i:03},p{i:03}@banc.example,creation,Graphiste,35,2020-01-01,,no"
        for i in range(_PEOPLE)
    ]
    header = "name,email,team,role,weekly_hours,started_on,left_on,champion_consent"
    (root / "roster.csv").write_text("\n".join([header, *people]) + "\n", encoding="utf-8")
    return inbox


def _write_toggl(path: Path, rows: int) -> None:
    """Entries of a quarter hour to two hours, with quoted text, as the tool writes them."""
    days = [date(2020, 1, 1) + timedelta(days=i) for i in range(2400)]
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEADER)
        for first in range(0, rows, _CHUNK):
            lines = []
            for i in range(first, min(first + _CHUNK, rows)):
                person, day = i % _PEOPLE, days[i // (_PEOPLE * 20) % len(days)]
                hour, minutes = i // _PEOPLE % 20, 15 + i % 45
                lines.append(
                    f"Pierre N{person:03},p{person:03}@banc.example,Client {i % 30},"
                    f"Projet {i % 90},"
                    f'Tâche {i % _TASKS},"Retouche ""v{i % 7}"", lot {i % 5000}",No,{day},'
                    f"{hour:02}:00:00,{day},{hour:02}:{minutes:02}:00,00:{minutes:02}:00,a,\n"
                )
            file.write("".join(lines))


if __name__ == "__main__":
    main()
