"""`jalon cluster`: the Dagster UI, its daemon and Celery workers, with PostgreSQL and Redis.

Where JALON_POSTGRES and JALON_BROKER name servers, those are used; else both are started here,
their data below JALON_HOME/cluster. Does not belong here: how runs reach workers (cluster).
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ingestion.errors import InputError
from orchestration.commands.console import plain_errors, say
from orchestration.launch import prepare_dagster_home
from orchestration.logs import is_json
from orchestration.paths import REPOSITORY, Home

LOCAL = "127.0.0.1"
_START_SECONDS = 60
_STOP_SECONDS = 20
# PostgreSQL refuses to run as root.
_UNPRIVILEGED = "postgres"


def cluster(
    workers: Annotated[int, typer.Option(help="Workers on this machine.", min=0)] = 2,
    port: Annotated[int, typer.Option(help="Port of the Dagster UI.")] = 3000,
    host: Annotated[str, typer.Option(help="Address of the UI, which has no login.")] = LOCAL,
    ui: Annotated[bool, typer.Option(help="Serve the UI and schedule runs here.")] = True,
) -> None:
    """Run Jalon on several workers until interrupted; `make cluster` installs what it needs."""
    # Stopped by SIGTERM as by an interrupt: nothing that was started here stays.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with plain_errors(), ExitStack() as running:
        home = Home.from_environment()
        if not os.environ.get("JALON_POSTGRES"):
            os.environ["JALON_POSTGRES"] = running.enter_context(_postgres(home))
        if not os.environ.get("JALON_BROKER"):
            os.environ["JALON_BROKER"] = running.enter_context(_redis(home))
        prepare_dagster_home(home)
        os.environ |= {"JALON_HOME": str(home.root), "PYTHONWARNINGS": "ignore"}
        python, log_format = sys.executable, "json" if is_json() else "colored"
        if ui:
            running.enter_context(_process(
                python, "-m", "dagster", "dev", "--module-name", "orchestration.definitions",
                "--host", host, "--port", str(port), "--log-level", "warning",
                "--log-format", log_format, cwd=home.root,
            ))  # fmt: skip
            say(f"Dagster UI: http://{host}:{port}")
        for number in range(1, workers + 1):
            worker = running.enter_context(_process(
                python, "-m", "celery", "-A", "orchestration.cluster", "worker",
                "--concurrency", "1", "--hostname", f"jalon{number}@%h",
                "--queues", "dagster", "--loglevel", "WARNING", cwd=REPOSITORY,
            ))  # fmt: skip
            say(f"worker {number}: process {worker.pid}", worker=number, process=worker.pid)
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            say("stopped")


@contextmanager
def _process(*command: str, cwd: Path) -> Iterator["subprocess.Popen[bytes]"]:
    # A session of its own: stopping it does not reach whoever started `jalon`.
    process = subprocess.Popen(command, cwd=cwd, start_new_session=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def _postgres(home: Home) -> Iterator[str]:
    """PostgreSQL on a free port of this machine; yields its address for SQLAlchemy."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    found = shutil.which("initdb", path=os.pathsep.join(map(str, reversed(programs))))
    if found is None:
        raise InputError("PostgreSQL is not installed: apt-get install postgresql, or make cluster")
    initdb, port = Path(found), _free_port()
    user = _UNPRIVILEGED if os.geteuid() == 0 else None
    data = postgres_data(home)
    if not (data / "PG_VERSION").is_file():
        data.mkdir(parents=True, exist_ok=True)
        if user:
            shutil.chown(data, user)
        initialise = [str(initdb), "-D", str(data), "-U", "jalon", "-A", "trust", "-E", "UTF8"]
        subprocess.run(initialise, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)
    (data / "postmaster.pid").unlink(missing_ok=True)
    server = subprocess.Popen(
        [initdb.with_name("postgres"), "-D", data, "-p", str(port), "-h", LOCAL, "-k", ""],
        user=user, cwd="/", start_new_session=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        ready = [str(initdb.with_name("pg_isready")), "-q", "-h", LOCAL, "-p", str(port)]
        _wait_for(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL")
        yield f"postgresql+psycopg2://jalon@{LOCAL}:{port}/postgres"
    finally:
        server.terminate()
        server.wait(_STOP_SECONDS)


def postgres_data(home: Home) -> Path:
    """Where PostgreSQL keeps its data: below JALON_HOME if its own user can get there."""
    if os.geteuid() != 0:
        return home.root / "cluster" / "postgres"
    named = hashlib.sha256(str(home.root).encode()).hexdigest()[:12]
    return Path("/var/lib/postgresql") / f"jalon-{named}"


@contextmanager
def _redis(home: Home) -> Iterator[str]:
    """Redis on a free port of this machine, which keeps what it holds; yields its address."""
    if shutil.which("redis-server") is None:
        raise InputError("Redis is not installed: apt-get install redis-server, or make cluster")
    data, port = home.root / "cluster" / "redis", _free_port()
    data.mkdir(parents=True, exist_ok=True)
    options = ["--bind", LOCAL, "--port", str(port), "--dir", str(data), "--appendonly", "yes"]
    with _process("redis-server", *options, "--loglevel", "warning", cwd=data):
        _wait_for(lambda: _answers(port), "Redis")
        yield f"redis://{LOCAL}:{port}/0"


def _wait_for(is_ready: Callable[[], bool], name: str) -> None:
    until = time.monotonic() + _START_SECONDS
    while not is_ready():
        if time.monotonic() > until:
            raise OSError(f"{name} did not start within {_START_SECONDS} s")
        time.sleep(0.2)


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex((LOCAL, port)) == 0


def _free_port() -> int:
    with socket.create_server((LOCAL, 0)) as server:
        return int(server.getsockname()[1])
