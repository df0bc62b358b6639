"""Metrics of a publication, asked of MetricFlow by name and by what they are grouped by.

Belongs here: showing MetricFlow a publication as the warehouse that its semantic models were
written for. Does not belong here: what a metric means (dbt_project/models/semantic).
"""

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingestion.errors import InputError
from orchestration.dbt_manifest import parsed_project
from orchestration.paths import DBT_PROJECT, Home

_MANIFEST = "semantic_manifest.json"


@dataclass(frozen=True)
class Metric:
    """A metric and what it means."""

    name: str
    description: str


def metrics_of(home: Home) -> list[Metric]:
    """All metrics, in the order of the project."""
    manifest = json.loads((parsed_project(home) / _MANIFEST).read_text(encoding="utf-8"))
    return [Metric(row["name"], row["description"] or "") for row in manifest["metrics"]]


def query_metrics(
    home: Home,
    published: Path,
    metrics: Sequence[str],
    group_by: Sequence[str] = (),
    where: str | None = None,
) -> list[list[str]]:
    """Ask for metrics of one publication.

    Args:
        home: JALON_HOME, which holds the parsed project.
        published: folder of the publication, with `marts/*.parquet`.
        metrics: names of metrics.
        group_by: what to group by, such as `team__team_name` or `metric_time__month`.
        where: MetricFlow's filter, such as `{{ Dimension('task__nature') }} = 'mixed'`.

    Returns:
        The heads, then the rows, all as text.

    Raises:
        InputError: for what MetricFlow cannot answer, in its words.
    """
    with tempfile.TemporaryDirectory(prefix="jalon-metrics-") as name:
        folder = Path(name)
        for config in ("dbt_project.yml", "profiles.yml"):
            shutil.copyfile(DBT_PROJECT / config, folder / config)
        (folder / "target").mkdir()
        shutil.copyfile(parsed_project(home) / _MANIFEST, folder / "target" / _MANIFEST)
        warehouse, answer = folder / "warehouse.duckdb", folder / "answer.csv"
        _show_marts(warehouse, published / "marts")
        command = [str(Path(sys.executable).with_name("mf")), "query", "--quiet"]
        command += ["--metrics", ",".join(metrics), "--csv", str(answer)]
        if group_by:
            listed = ",".join(group_by)
            command += ["--group-by", listed, "--order", listed]
        if where:
            command += ["--where", where]
        environment = {**os.environ, "JALON_WAREHOUSE": str(warehouse)}
        told = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if not answer.is_file():
            raise InputError(f"MetricFlow cannot answer this: {_reason(told.stdout + told.stderr)}")
        with answer.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))


def _show_marts(warehouse: Path, marts: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts")
        for path in sorted(marts.resolve().glob("*.parquet")):
            source = str(path).replace("'", "''")
            connection.execute(f"create view marts.{path.stem} as from read_parquet('{source}')")


def _reason(output: str) -> str:
    """MetricFlow's own words, without its progress signs and advertisements."""
    text = output.split("ERROR:")[-1].split("Log File")[0].split("If you think")[0]
    return " ".join(line.strip() for line in text.splitlines() if line.strip())[:1500]
