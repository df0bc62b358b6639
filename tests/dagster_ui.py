"""Dagster's UI as a program talks to it: GraphQL over HTTP, the same calls as the browser's."""

import json
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

_REPOSITORY = """repositorySelector: {repositoryLocationName: "orchestration.definitions",
  repositoryName: "__repository__"}"""
BACKFILL = f"""mutation ($keys: [String!]!) {{ launchPartitionBackfill(backfillParams: {{
  partitionNames: $keys, selector: {{partitionSetName: "build_month_without_report_partition_set",
  {_REPOSITORY}}}}}) {{ __typename
  ... on LaunchBackfillSuccess {{ backfillId }} ... on PythonError {{ message }} }} }}"""
ADD = f"""mutation ($key: String!) {{ addDynamicPartition(partitionsDefName: "engagement",
  partitionKey: $key, {_REPOSITORY}) {{ __typename }} }}"""
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
