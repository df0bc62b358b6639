"""The report of one published month: which marts, which shell, where the site goes."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration.paths import Home
from reports.node_project import PROJECT, project_hash
from reports.publication import read_manifest
from reports.site import STAMP, build_shell, build_site


def render_site(home: Home, engagement: str, month: str, say: Callable[[str], None]) -> Path:
    """Build `sites/<engagement>/<month>` from the month's current build.

    Returns:
        The folder of the site.

    Raises:
        SiteError: where the pages cannot be built from these marts.
    """
    marts = (home.published(engagement) / month).resolve(strict=True)
    shell = build_shell(home.report_shells, say)
    target = home.sites(engagement) / month
    return build_site(marts, target, shell, home.report_shells, _language_of(marts), say)


def is_site_current(home: Home, engagement: str, month: str, build_id: str) -> bool:
    """Whether the site of a month shows exactly this build in the present version of the pages."""
    stamp = home.sites(engagement) / month / STAMP
    try:
        shows = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    manifest = read_manifest(home.published(engagement), build_id)
    wanted = {"marts": manifest["marts_duckdb_sha256"], "shell": project_hash(PROJECT)}
    return bool(shows == wanted)


def _language_of(marts: Path) -> str:
    with duckdb.connect() as connection:
        (language,) = connection.execute(
            "select language from read_parquet(?)",
            [str(marts / "marts" / "dim_engagements.parquet")],
        ).fetchone() or ("fr",)
    return str(language)
