"""Dagster's UI as a program talks to it: GraphQL over HTTP, the same calls as the browser's."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orchestration.paths import Home

_REPOSITORY = """repositorySelector: {repositoryLocationName: "orchestration.definitions",
  repositoryName: "__repository__"}"""
BACKFILL = f"""mutation ($keys: [String!]!) {{ launchPartitionBackfill(backfillParams: {{
  partitionNames: $keys, selector: {{partitionSetName: "build_month_without_report_partition_set",
  {_REPOSITORY}}}}}) {{ __typename
  ... on LaunchBackfillSuccess {{ backfillId }} ... on PythonError {{ message }} }} }}"""
ADD = f"""mutation ($key: String!) {{ addDynamicPartition(partitionsDefName: "engagement",
  partitionKey: $key, {_REPOSITORY}) {{ __typename }} }}"""
FAILURES = """query ($run: ID!) { runOrError(runId: $run) { ... on Run {
  eventConnection { events { ... on ExecutionStepFailureEvent {
  failureMetadata { description } } } } } } }"""
RUNS = """{ runsOrError { ... on Runs { results { runId status jobName
  tags { key value } } } } }"""


def asker(port: int) -> Callable[..., Any]:
    """Asks the UI on this port a query, with its variables; OSError while nobody listens."""

    def ask(query: str, **variables: Any) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/graphql",
            json.dumps({"query": query, "variables": variables}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["data"]

    return ask


def wait(is_done: Callable[[], bool], seconds: float) -> None:
    """Wait until it is, or fail the test."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if is_done():
                return
        except OSError:  # not listening yet
            pass
        time.sleep(1)
    pytest.fail(f"not done within {seconds} s")


def backfill(ask: Callable[..., Any], keys: list[str]) -> None:
    """Launch a backfill of builds, with partitions of engagements that exist or not yet."""
    for key in keys:
        ask(ADD, key=key.split("|")[0])
    told = ask(BACKFILL, keys=keys)["launchPartitionBackfill"]
    assert told["__typename"] == "LaunchBackfillSuccess", told


def partition_of(run: dict[str, Any]) -> str:
    """The partition key of one of RUNS."""
    return str({tag["key"]: tag["value"] for tag in run["tags"]}["dagster/partition"])


@contextmanager
def served(home: Home) -> Iterator[int]:
    """`jalon serve`; at the end everything that it started is killed, as a reboot would."""
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as free:
            ports.append(free.getsockname()[1])
    command = [sys.executable, "-c", "from orchestration.cli import main; main()", "serve"]
    environment = os.environ | {"JALON_HOME": str(home.root)}
    with (home.root / "log").open("a") as log:
        subprocess.Popen(
            [*command, "--port", str(ports[0]), "--report-port", str(ports[1])],
            env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        yield ports[0]
    finally:
        kill_all_of(home)


def kill_all_of(home: Home) -> None:
    """SIGKILL every process that was started for this home."""
    mark = f"JALON_HOME={home.root}\0".encode()
    for environ in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in environ.read_bytes():
                os.kill(int(environ.parent.name), signal.SIGKILL)
