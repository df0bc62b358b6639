"""The portfolio: anonymous figures over all published engagements that share theirs.

It reads publications and each engagement's present consent, nothing else: no raw table, no vault,
nothing unpublished. Named by the publications that it reads, so unchanged ones give the same
build. Does not belong here: any figure (dbt_project), who may see what (int_benchmarks_summarised).
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingestion.config import load_engagement
from ingestion.errors import InputError
from orchestration.code_version import code_version
from orchestration.dbt_manifest import load_manifest, manifest_json
from orchestration.locks import exclusive
from orchestration.paths import Home
from orchestration.progress import Progress
from orchestration.warehouse import PORTFOLIO, NodeResult, build_models, open_published
from reports.errors import PublicationError
from reports.marts import export_marts, marts_fingerprint
from reports.publication import (
    PORTFOLIO_LINK,
    Publication,
    current_month,
    damaged_files,
    publish_portfolio,
    published_months,
)

_SOURCE = "published"


@dataclass(frozen=True)
class PortfolioPlan:
    """One portfolio, pinned.

    Attributes:
        publications: folders of the published builds that it reads, immutable.
        code: code version.
    """

    publications: tuple[Path, ...]
    code: str

    @property
    def build_id(self) -> str:
        """Named by its content."""
        parts = (self.code, *sorted(folder.name for folder in self.publications))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def plan(home: Home) -> PortfolioPlan:
    """The latest publication of each engagement that shares its figures at present.

    One that cannot be read as it was published, or whose config cannot be read, is left out.
    """
    folders = []
    for engagement in home.engagements():
        published = home.published(engagement)
        month = current_month(published)
        build_id = published_months(published).get(month or "")
        if build_id is None or not _shares(home, engagement):
            continue
        folder = published / ".builds" / build_id
        if not damaged_files(folder):
            folders.append(folder)
    return PortfolioPlan(tuple(folders), code_version())


def is_published(home: Home, planned: PortfolioPlan) -> bool:
    """Whether this very portfolio is the one that readers see."""
    link = home.portfolio / PORTFOLIO_LINK
    return (
        link.is_symlink() and link.readlink().name == planned.build_id and not damaged_files(link)
    )


def transform(home: Home, planned: PortfolioPlan, progress: Progress) -> list[NodeResult]:
    """Build the portfolio's models, export its marts and judge them."""
    build = _build(home, planned)
    with exclusive(home.locks / "portfolio"), progress.stage("portfolio") as notes:
        from quality.expectations import portfolio_expectations
        from quality.gate import judge  # imports Great Expectations, which takes seconds

        shutil.rmtree(build.parent, ignore_errors=True)
        warehouse = build / "warehouse.duckdb"
        open_published(warehouse, planned.publications, published_columns(manifest_json(home)))
        results = build_models(warehouse, [f"--select=tag:{PORTFOLIO}"], load_manifest(home))
        export_marts(warehouse, build / "marts")
        failed_tests = [result.name for result in results if result.has_failed]
        expectations = portfolio_expectations()
        verdict = judge(build, planned.build_id, marts_fingerprint, failed_tests, expectations)
        notes.append(f"{verdict['checked_count']} expectations, {len(verdict['errors'])} errors")
    return results


def publish(home: Home, planned: PortfolioPlan, progress: Progress) -> Publication:
    """Publish the portfolio that `transform` made; its working files go.

    Raises:
        PublicationError: where the gate did not pass exactly these marts.
    """
    build = _build(home, planned)
    with exclusive(home.locks / "portfolio"), progress.stage("publication") as notes:
        if not build.is_dir():
            raise PublicationError(
                "the publications changed since the portfolio was computed; run `jalon portfolio`"
            )
        facts = {"code_version": planned.code, "duckdb_version": duckdb.__version__}
        publication = publish_portfolio(build, home.portfolio, planned.build_id, facts)
        shutil.rmtree(build.parent)
        notes.append(f"build {planned.build_id}")
    return publication


def figures(home: Home) -> dict[str, list[dict[str, Any]]]:
    """The published benchmarks by table; empty where there is no portfolio yet."""
    marts = (home.portfolio / PORTFOLIO_LINK).resolve() / "marts"
    found: dict[str, list[dict[str, Any]]] = {}
    with duckdb.connect() as connection:
        for path in sorted(marts.glob("fct_benchmark_*.parquet")):
            cursor = connection.execute("from read_parquet(?) order by all", [str(path)])
            names = [column[0] for column in cursor.description]
            found[path.stem] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def suggested_ranges(home: Home, currency: str | None) -> dict[str, dict[str, Any]]:
    """Suggested low, base and high by key of `assumptions:`.

    Args:
        home: where the portfolio is published.
        currency: of the engagement; None leaves money out.
    """
    return {
        row["assumption"]: {
            "low": row["low"],
            "base": row["base"],
            "high": row["high"],
            "source": f"portfolio of at least {row['agencies_at_least']} agencies",
            "set_by": PORTFOLIO,
        }
        for row in figures(home).get("fct_benchmark_assumptions", [])
        if row["currency"] in (None, currency)
    }


def published_columns(manifest: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """SQL type by column of each table that the portfolio's models read."""
    return {
        source["name"]: {name: facts["data_type"] for name, facts in source["columns"].items()}
        for source in manifest["sources"].values()
        if source["source_name"] == _SOURCE
    }


def written(assumption: str, suggestion: Mapping[str, Any]) -> str:
    """A suggestion as the line of engagement.yaml that takes it over."""
    numbers = ", ".join(f"{end}: {suggestion[end]:g}" for end in ("low", "base", "high"))
    source = json.dumps(suggestion["source"])
    return f"{assumption}: {{{numbers}, source: {source}, set_by: {suggestion['set_by']}}}"


def _shares(home: Home, engagement: str) -> bool:
    try:
        return load_engagement(home.engagement(engagement)).settings.share_benchmarks
    except InputError:
        return False


def _build(home: Home, planned: PortfolioPlan) -> Path:
    return home.work / PORTFOLIO / planned.build_id
