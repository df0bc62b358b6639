"""The Evidence project as files, and running Node in it: private home, time limit, kept log.

Belongs here: what the project's content is, copying it, one subprocess run. Does not belong here:
what is built (shell, site).
"""

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from reports.errors import SiteError

PROJECT = Path(__file__).resolve().parent / "evidence"
NOT_CONTENT = ("node_modules", "build", ".evidence", ".svelte-kit", "browser", "checks")
# DuckDB-wasm asks for these when a page query needs them; an empty file makes that query fail at
# once, where a download that never ends would hang the build.
WASM_EXTENSIONS = Path(".duckdb/extensions/extensions.duckdb.org/v1.4.3/wasm_eh")


def project_hash(project: Path) -> str:
    """Sha256 over the names and bytes of everything that decides what the shell is."""
    digest = hashlib.sha256()
    for path in _content(project):
        digest.update(f"{path.relative_to(project)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def copy_project(project: Path, workspace: Path, node_modules: Path) -> None:
    """Copy the project's content into the empty `workspace` and link `node_modules` there."""
    for path in _content(project):
        copy = workspace / path.relative_to(project)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (workspace / "node_modules").symlink_to(node_modules.resolve(), target_is_directory=True)


def run_evidence(
    workspace: Path,
    command: str,
    log: Path,
    seconds: float,
    variables: Mapping[str, str] | None = None,
) -> None:
    """Run `evidence <command>` in `workspace` with an environment of its own.

    Raises:
        SiteError: where it fails, takes longer than `seconds` or logs an error; names the log.
    """
    home = workspace / ".home"
    extensions = home / WASM_EXTENSIONS
    extensions.mkdir(parents=True, exist_ok=True)
    for name in ("icu", "json", "parquet"):
        (extensions / f"{name}.duckdb_extension.wasm").touch()
    environment = {
        "PATH": f"{find_tool('node').parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "CI": "true",
        **(variables or {}),
    }
    script = workspace / "node_modules/@evidence-dev/evidence/cli.js"
    run_logged(
        [str(find_tool("node")), str(script), *command.split()],
        workspace,
        log,
        seconds,
        environment,
    )
    text = log.read_text(encoding="utf-8", errors="replace")
    for line in text.splitlines():
        if "Error in" in line or "✖" in line:
            raise SiteError(f"Evidence reports: {line.strip()} (whole log: {log})")


def run_logged(
    arguments: list[str],
    folder: Path,
    log: Path,
    seconds: float,
    environment: Mapping[str, str] | None,
) -> None:
    """Run a command with its output in `log`; `environment` None passes on the caller's own.

    Raises:
        SiteError: where it fails or takes longer than `seconds`; holds the end of the log.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                arguments,
                cwd=folder,
                env=None if environment is None else dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise SiteError(f"{arguments[0]} cannot be started: {error}") from error
        code = _wait(process, seconds)
    if code is None:
        raise SiteError(f"{_name(arguments)} took longer than {seconds:.0f} s (log: {log})")
    if code != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-12:]
        raise SiteError(
            f"{_name(arguments)} failed with code {code} (log: {log}):\n" + "\n".join(tail)
        )


def find_tool(name: str) -> Path:
    """Path of `node` or `npm`.

    Raises:
        SiteError: where it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        raise SiteError(f"{name} is not installed; the report needs Node 20 with npm")
    return Path(found)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int | None:
    """The exit code, or None after ending the process and its children at the time limit."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _content(project: Path) -> list[Path]:
    return sorted(
        path
        for path in project.rglob("*")
        if path.is_file() and path.relative_to(project).parts[0] not in NOT_CONTENT
    )


def _name(arguments: list[str]) -> str:
    return " ".join(Path(argument).name for argument in arguments[:3])
