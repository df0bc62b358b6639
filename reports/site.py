"""One engagement's site of one month: the shell, and the data of one publication beside it.

Belongs here: extracting the data that the pages query, assembling, swapping in. Does not belong
here: bundling (shell), text (reports/evidence), publication.
"""

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from reports.branding import branded, read_publication
from reports.durable import sync, sync_tree
from reports.errors import SiteError
from reports.marts import file_hash
from reports.node_project import PROJECT, copy_project, run_evidence
from reports.page_contents import demand_contents
from reports.shell import build_shell, install_packages

__all__ = ["SiteError", "build_shell", "build_site"]

SOURCES_SECONDS = 120.0
KEPT_SECONDS = 24 * 3600
STAMP = "site.json"
_STAGED = ".staged-"
# Tables without which no page can say anything; others may be empty, and the page says so.
REQUIRED = ("dim_engagements", "dim_teams")
# Empty only while no hours have been loaded; afterwards that is a mistake somebody must see.
REQUIRED_WITH_HOURS = ("dim_tasks", "fct_baseline")
HOURS_LOADED = "from fct_data_quality where kind in ('forms', 'timesheets') and rows_loaded > 0"


def build_site(
    marts: Path,
    target: Path,
    shell: Path,
    work: Path,
    language: str,
    progress: Callable[[str], None],
    project: Path = PROJECT,
) -> Path:
    """Build the site of one publication at `target`; an unchanged one is left as it is.

    One call per engagement at a time; the caller holds a lock.

    Args:
        marts: folder of a published build, with `marts.duckdb`.
        target: where the site appears, as a link that is swapped whole.
        shell: what `build_shell` returned.
        work: the folder given to `build_shell`.
        language: the engagement's, as the caller knows it.
        progress: called with a line per step.
        project: the Evidence project that the shell was built from.

    Returns:
        `target`.

    Raises:
        SiteError: where a mart, a column or a required row is missing, a query of a source or
            page fails, a chart is empty without a word or a link leads to no page.
    """
    source = marts / "marts.duckdb"
    if not source.is_file():
        raise SiteError(f"{source} does not exist; publish the month before its report")
    identity = {"marts": file_hash(source), "shell": shell.name}
    name = hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:16]
    builds = target.parent / ".builds"
    final = builds / f"{target.name}-{name}"
    for leftover in builds.glob(f"{_STAGED}*"):  # of a process that was killed
        shutil.rmtree(leftover, ignore_errors=True)
    if not (final / STAMP).is_file():
        publication = read_publication(source)
        if publication["language"] != language:
            raise SiteError(
                f"the engagement's language is {language}, that of its marts "
                f"{publication['language']}; run the month again"
            )
        _demand_rows(source)
        builds.mkdir(parents=True, exist_ok=True)
        progress("extracting the report's data")
        with tempfile.TemporaryDirectory(prefix=_STAGED, dir=builds) as folder:
            staged = Path(folder) / "site"
            _link_tree(shell, staged)
            index = (shell / "index.html").read_text(encoding="utf-8")
            (staged / "index.html").unlink()
            (staged / "index.html").write_text(branded(index, publication), encoding="utf-8")
            packages = install_packages(work, progress, project)
            _extract(source, staged / "data", Path(folder) / "project", packages, work, project)
            demand_contents(project, source, staged / "data", packages, Path(folder))
            sync_tree(staged / "data")
            (staged / STAMP).write_text(json.dumps(identity) + "\n", encoding="utf-8")
            sync(staged / STAMP)
            shutil.rmtree(final, ignore_errors=True)
            staged.rename(final)
    _swap(target, final)
    _prune(builds, target.parent)
    return target


def _demand_rows(source: Path) -> None:
    with duckdb.connect(str(source), read_only=True) as connection:

        def is_empty(rows: str) -> bool:
            return connection.execute(f"select 1 {rows} limit 1").fetchone() is None

        try:
            for table in REQUIRED:
                if is_empty(f"from {table}"):
                    raise SiteError(f"{table} is empty, so the report would have nothing to say")
            has_hours = not is_empty(HOURS_LOADED)
            for table in REQUIRED_WITH_HOURS:
                if is_empty(f"from {table}") and has_hours:
                    raise SiteError(
                        f"{table} is empty, though hours were loaded; do they fall into "
                        "calendar.baseline of engagement.yaml?"
                    )
        except duckdb.Error as error:
            raise SiteError(f"the publication lacks a table: {error}") from error


def _extract(
    source: Path, data: Path, workspace: Path, packages: Path, work: Path, project: Path
) -> None:
    """Run the project's source queries against `source` into `data`."""
    workspace.mkdir()
    copy_project(project, workspace, packages)
    log = work / "logs" / f"sources-{source.parent.name}-{os.getpid()}.log"
    # Evidence takes the file relative to the source's folder.
    relative = os.path.relpath(source.resolve(), (workspace / "sources" / "marts").resolve())
    run_evidence(
        workspace,
        "sources --strict",
        log,
        SOURCES_SECONDS,
        {"EVIDENCE_SOURCE__marts__filename": relative},
    )
    extracted = workspace / ".evidence" / "template" / "static" / "data"
    expected = {path.stem for path in (project / "sources" / "marts").glob("*.sql")}
    manifest = json.loads((extracted / "manifest.json").read_text(encoding="utf-8"))
    rendered = {Path(name).stem for name in manifest["renderedFiles"].get("marts", [])}
    if missing := sorted(expected - rendered):
        raise SiteError(f"Evidence wrote no data for {', '.join(missing)} (log: {log})")
    extracted.rename(data)
    log.unlink()


def _link_tree(shell: Path, staged: Path) -> None:
    """The shell's files at a second place, sharing their space where the file system can."""

    def link(origin: str, copy: str) -> None:
        try:
            os.link(origin, copy)
        except OSError:
            shutil.copyfile(origin, copy)

    shutil.copytree(shell, staged, copy_function=link)


def _swap(target: Path, final: Path) -> None:
    if target.is_symlink() and target.readlink() == Path(".builds") / final.name:
        return
    if target.is_dir() and not target.is_symlink():
        raise SiteError(f"{target} is a folder that this program did not make; move it away")
    link = target.parent / f".link-{target.name}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(".builds") / final.name)
    link.replace(target)


def _prune(builds: Path, sites: Path) -> None:
    """Delete sites that no link names and nobody made within the last day."""
    linked = {path.readlink().name for path in sites.iterdir() if path.is_symlink()}
    for path in builds.iterdir():
        is_old = time.time() - path.stat().st_mtime > KEPT_SECONDS
        if path.name not in linked and is_old:
            shutil.rmtree(path)
