"""An engagement folder with invented people, and a reader that takes our own columns."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from ingestion.parsed import (
    DELIVERABLE_COLUMNS,
    FORM_COLUMNS,
    FORM_EXTRA_COLUMNS,
    FORM_TASK_COLUMNS,
    FORM_TOOL_COLUMNS,
    TIMESHEET_COLUMNS,
    TURN_COLUMNS,
    FileKind,
    FileStatus,
    ParsedFile,
)
from ingestion.snapshot import Snapshot, ingest
from ingestion.source_rule import SourceRule

CONFIG = """\
engagement: atelier-test
client: Atelier Test
language: fr
timezone: Europe/Paris
currency: EUR
calendar:
  baseline: {start: 2026-01-01, end: 2026-03-31}
  programme_start: 2026-04
teams:
  creation: {name: Création, headcount: 4, hourly_cost: 38.7}
  strategy: {name: Planning stratégique, headcount: 2, hourly_cost: 46}
"""
ROSTER = """\
name,email,team,role,weekly_hours,started_on,left_on,champion_consent
Paul Mica,paul.mica@atelier.example,creation,Directeur artistique,,,,true
Inès Feldspath,ines.feldspath@atelier.example,creation,Rédactrice,28,,,
Zoé Gneiss,zoe.gneiss@atelier.example,creation,Graphiste,,,,
Zoé Gneiss,z.gneiss@atelier.example,creation,Monteuse,,,,
Marc Kaolin,marc.kaolin@atelier.example,strategy,Planneur,,,,
Rose Petitgranit,rose@atelier.example,strategy,Planneuse,,,,
"""
MAIN = {
    FileKind.TIMESHEET: TIMESHEET_COLUMNS,
    FileKind.FORM: FORM_COLUMNS,
    FileKind.DELIVERABLE: DELIVERABLE_COLUMNS,
    FileKind.TRANSCRIPT: TURN_COLUMNS,
}


class CountingReader:
    """Reads CSV files that bear our own column names; the first line is the header."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path, kind: FileKind, rule: SourceRule) -> ParsedFile:
        self.read.append(path.name)
        schema = MAIN[kind]
        given = pl.read_csv(path, infer_schema=False)
        tool = re.split(r"[^a-z]", path.name)[0]
        frame = given.with_row_index("row_number", offset=2)
        columns = {}
        for name, kind_of in schema.items():
            column = frame[name] if name in frame.columns else pl.Series([None] * frame.height)
            if kind_of == pl.Datetime("us"):
                column = column.cast(pl.String).str.to_datetime(time_unit="us")
            elif kind_of == pl.Date:
                column = column.cast(pl.String).str.to_date()
            elif kind_of == pl.Boolean:
                column = column.cast(pl.String) == "true"
            columns[name] = column.cast(kind_of)
        parsed = ParsedFile(kind, tool, FileStatus.LOADABLE, rows_in=frame.height + 1)
        parsed.rows = pl.DataFrame(columns, schema=schema)
        parsed.non_data = Counter({"header": 1})
        if kind is FileKind.FORM:
            parsed.form_tasks = pl.DataFrame(schema=FORM_TASK_COLUMNS)
            if "task" in frame.columns:
                parsed.form_tasks = frame.select(
                    pl.lit(None, pl.String).alias("sheet"),
                    pl.col("row_number").cast(pl.Int32),
                    pl.lit(1, pl.Int32).alias("position"),
                    pl.col("task").alias("label"),
                    pl.lit(None, pl.String).alias("category"),
                    pl.lit(3.0).alias("weekly_hours"),
                )
            parsed.form_tools = pl.DataFrame(schema=FORM_TOOL_COLUMNS)
            parsed.form_extras = pl.DataFrame(schema=FORM_EXTRA_COLUMNS)
        return parsed


class Engagement:
    """A folder to write into, and its lake and vault."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "engagements" / "atelier-test"
        self.lake, self.vault = root / "lake", root / "vault"
        self.reader = CountingReader()
        self.said: list[str] = []
        self.write("engagement.yaml", CONFIG)
        self.write("roster.csv", ROSTER)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def ingest(self) -> Snapshot:
        return ingest(self.folder, self.lake, self.vault, self.said.append, self.reader)

    def table(self, name: str, snapshot: Snapshot | None = None) -> list[dict[str, Any]]:
        folder = (snapshot or self.ingest()).folder
        return pl.read_parquet(folder / f"{name}.parquet").to_dicts()


@pytest.fixture
def engagement(tmp_path: Path) -> Engagement:
    return Engagement(tmp_path)
