"""The report's shell: the built pages without data, made once per version of reports/evidence.

Bundling takes minutes and gigabytes, so it must not happen per engagement: a site (site.py) is
this shell with a data folder beside it.
"""

import fcntl
import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reports.durable import sync_tree
from reports.errors import SiteError
from reports.node_project import (
    PROJECT,
    copy_project,
    find_tool,
    project_hash,
    run_evidence,
    run_logged,
)

INSTALL_SECONDS = 900.0
# Against a hang; a busy machine takes several times the two minutes of an idle one.
BUILD_SECONDS = 2400.0
KEPT_SECONDS = 7 * 24 * 3600
Progress = Callable[[str], None]


def build_shell(work: Path, progress: Progress, project: Path = PROJECT) -> Path:
    """The shell of this version of the project, built only where it is not there yet.

    Args:
        work: cache folder of shells, Node packages and logs; safe to delete as a whole.
        progress: called with a line before each step that takes long.
        project: the Evidence project.

    Returns:
        The folder of static files, named by the project's content.

    Raises:
        SiteError: where installation or bundling fails.
    """
    version = project_hash(project)
    shell = work / version
    if shell.is_dir():
        return shell
    with exclusive(work / "shell.lock"):
        if shell.is_dir():
            return shell
        node_modules = install_packages(work, progress, project)
        progress("building the report's pages, once for this version (2 to 4 minutes)")
        workspace = _workspace(work, "building")
        copy_project(project, workspace, node_modules)
        run_evidence(
            workspace,
            "build:strict",
            work / "logs" / f"shell-{version}.log",
            BUILD_SECONDS,
            {"VITE_EVIDENCE_SPA": "true"},
        )
        built = workspace / "build"
        _without_what_no_page_needs(built)
        sync_tree(built)
        built.rename(shell)
        shutil.rmtree(workspace)
        _prune(work, keep={shell, node_modules.parent})
    return shell


def install_packages(work: Path, progress: Progress, project: Path = PROJECT) -> Path:
    """The `node_modules` of the project's lock file, installed only where it changed.

    The person's own npm settings (registry, proxy) apply, as for any installation.

    Raises:
        SiteError: where npm fails or installs another version than the lock names.
    """
    names = ("package.json", "package-lock.json", ".npmrc")
    files = [project / name for name in names] + sorted((project / "patches").glob("*"))
    version = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]
    final = work / f"packages-{version}"
    if not final.is_dir():
        with exclusive(work / "packages.lock"):
            if not final.is_dir():
                progress("installing the report's Node packages (about a minute)")
                staged = _workspace(work, "installing")
                (staged / "patches").mkdir()
                for file in files:
                    shutil.copyfile(file, staged / file.relative_to(project))
                # Not `npm ci`: it refuses a lock written where the registry does not hold the
                # binaries of other platforms, which are optional.
                npm = [str(find_tool("npm")), "install", "--no-save", "--no-fund", "--no-audit"]
                run_logged(npm, staged, work / "logs" / "npm.log", INSTALL_SECONDS, None)
                _demand_locked_versions(staged)
                staged.rename(final)
    return final / "node_modules"


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold the kernel lock of `path`; a process that dies frees it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _workspace(work: Path, purpose: str) -> Path:
    """An empty folder of its own, after clearing those of killed processes.

    Never the same name twice: Node outlives a killed parent for a while and goes on writing.
    """
    for leftover in work.glob(f".{purpose}-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f".{purpose}-", dir=work))


def _demand_locked_versions(folder: Path) -> None:
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    installed = json.loads(
        (folder / "node_modules" / ".package-lock.json").read_text(encoding="utf-8")
    )["packages"]
    for name, package in installed.items():
        if name in locked and package["version"] != locked[name]["version"]:
            raise SiteError(
                f"npm installed {name} {package['version']}, but package-lock.json names "
                f"{locked[name]['version']}"
            )


def _prune(work: Path, keep: set[Path]) -> None:
    """Remove shells and packages of versions older than a week; sites keep the files they link."""
    for path in work.iterdir():
        is_version = path.is_dir() and path.name != "logs"
        if is_version and path not in keep and time.time() - path.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(path)


def _without_what_no_page_needs(built: Path) -> None:
    """Drop the data folder and the WebAssembly build for browsers of before 2021 (38 MB)."""
    shutil.rmtree(built / "data", ignore_errors=True)
    for path in built.rglob("duckdb-mvp*"):
        path.unlink()
    for path in built.rglob("*"):
        if path.is_file():
            path.chmod(0o444)
