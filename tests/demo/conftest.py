"""The demo's folder, written and read once for all tests of this area."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from demo.generate import write_engagement
from ingestion.config import EngagementConfig, load_engagement
from ingestion.decisions import Decisions, load_decisions
from ingestion.parsed import FileKind, ParsedFile
from ingestion.readers import read_file
from ingestion.roster import Person, load_roster
from ingestion.source_rule import SourceRule


@dataclass(frozen=True)
class Demo:
    folder: Path
    config: EngagementConfig
    roster: tuple[Person, ...]
    decisions: Decisions
    files: dict[FileKind, dict[str, ParsedFile]]

    def tasks_by_label(self, source: str) -> dict[str, str]:
        rows = self.decisions.tables["decision_task_map"]
        return {row["label"]: row["task_id"] for row in rows if row["source"] == source}

    def entries(self) -> pl.DataFrame:
        """All time entries that count, with team and task; the re-export replaces its first."""
        frames = [
            file.rows
            for name, file in self.files[FileKind.TIMESHEET].items()
            if file.rows is not None and name != "Toggl_time_entries_2025-11-01_to_2025-11-30.csv"
        ]
        key = pl.coalesce("person_email", "person_name")
        team = {p.email: p.team for p in self.roster} | {p.name: p.team for p in self.roster}
        task = self.tasks_by_label("timesheet")
        return pl.concat(frames).with_columns(
            key.alias("person"),
            key.replace_strict(team, default=None).alias("team"),
            pl.col("label").str.replace_all("\u00a0", " ").replace_strict(task, default=None)
            .alias("task"),
        )  # fmt: skip

    def deliveries(self) -> pl.DataFrame:
        frames = [f.rows for f in self.files[FileKind.DELIVERABLE].values() if f.rows is not None]
        task = self.tasks_by_label("deliverable")
        return pl.concat(frames).with_columns(
            pl.col("label").replace_strict(task, default=None).alias("task")
        )


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "belle-ardoise"
    write_engagement(folder)
    config = load_engagement(folder)
    roster = load_roster(folder, config)
    files = {
        kind: {
            path.name: read_file(path, kind, SourceRule())
            for path in sorted((folder / "inbox" / kind.value).iterdir())
        }
        for kind in FileKind
    }
    return Demo(folder, config, roster, load_decisions(folder, config, roster), files)
