"""`jalon serve`: the Dagster UI with its daemon, and the built reports, on this machine only."""

import os
import subprocess
import sys
from typing import Annotated

import typer

from orchestration.commands.console import plain_errors, say
from orchestration.launch import Launcher, prepare_dagster_home
from orchestration.logs import is_json
from orchestration.paths import Home
from orchestration.progress import Progress

LOCAL = "127.0.0.1"


def serve(
    port: Annotated[int, typer.Option(help="Port of the Dagster UI.")] = 3000,
    report_port: Annotated[int, typer.Option(help="Port of the reports.")] = 3001,
) -> None:
    """Serve the Dagster UI and the reports on 127.0.0.1 until interrupted."""
    with plain_errors():
        from reports.serve import serve as serve_sites

        home = Home.from_environment()
        prepare_dagster_home(home)
        launcher = Launcher(home, Progress(say))
        launcher.set_aside_damaged_records()
        # Runs of a machine that went down: ended, the daemon starts them again by itself. Workers
        # that are started elsewhere have runs of their own under way.
        launcher.recover(is_daemon_down=not os.environ.get("JALON_POSTGRES"))
        dagster = subprocess.Popen(
            [
                sys.executable, "-m", "dagster", "dev",
                "--module-name", "orchestration.definitions",
                "--host", LOCAL,
                "--port", str(port),
                "--log-level", "warning",
                "--log-format", "json" if is_json() else "colored",
            ],
            cwd=home.root,
            # Dagster's notes on its beta features are for its developers.
            env={**os.environ, "JALON_HOME": str(home.root), "PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
        say(f"Dagster UI: http://{LOCAL}:{port}   reports: http://{LOCAL}:{report_port}")
        try:
            serve_sites(home.root / "sites", report_port)
        except KeyboardInterrupt:
            say("stopped")
        finally:
            dagster.terminate()
            dagster.wait()
