"""Messages that really arrive: over HTTP and SMTP on this machine; what they must not say or do."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message as Mail
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, build_run_status_sensor_context
from dagster._core.events import DagsterEvent, DagsterEventType
from pytest_httpserver import HTTPServer

from ingestion.config import load_engagement
from ingestion.errors import InputError
from orchestration.notifications import failure_message, notify, notify_publication
from orchestration.paths import Home
from orchestration.sensors import failure_notified, publication_notified
from reports.publication import publish
from tests.commands.test_messages import CONFIG, ROSTER
from tests.publication.test_publication import build_with

NAME = "les-cailloux"
MONTH = "2026-03"
PLANTED = ("Paul", "Mica", "paul.mica")
FACTS = {"rows_quarantined": 2}


class Mailbox:
    """Keeps what an SMTP server was given."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content))
        return "250 kept"


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    handler = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("JALON_SMTP", f"smtp://127.0.0.1:{port}")
    yield handler
    controller.stop()


@pytest.fixture
def home(tmp_path: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An engagement that notifies both ways."""
    found = Home(tmp_path / "home")
    monkeypatch.setenv("JALON_HOME", str(found.root))
    httpserver.expect_request("/hook", method="POST").respond_with_data("")
    configure(
        found, f"{{email: [studio@cailloux.example], webhook: '{httpserver.url_for('/hook')}'}}"
    )
    (found.engagement(NAME) / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return found


def configure(home: Home, notify_block: str) -> None:
    folder = home.engagement(NAME)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "engagement.yaml").write_text(f"{CONFIG}notify: {notify_block}\n", encoding="utf-8")


def posted(httpserver: HTTPServer) -> list[dict[str, Any]]:
    return [json.loads(request.get_data()) for request, _ in httpserver.log]


def publish_one(home: Home, tmp_path: Path, value: int) -> None:
    build_id = f"build{value}"
    build = build_with(tmp_path / "made", value, build_id)
    verdict = json.loads((build / "verdict.json").read_text()) | {"warnings": [{}]}
    (build / "verdict.json").write_text(json.dumps(verdict))
    publish(build, home.published(NAME), MONTH, build_id, FACTS)


@pytest.mark.parametrize("log", ["text", "json"])
def test_a_failing_run_tells_by_mail_and_webhook_and_names_nobody(
    home: Home, mailbox: Mailbox, httpserver: HTTPServer, log: str
) -> None:
    roster = home.engagement(NAME) / "roster.csv"
    roster.write_text(ROSTER + ROSTER.splitlines()[1] + "\n", encoding="utf-8")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("jalon")), "run", NAME],
        env=os.environ | {"JALON_LOG": log}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    (mail,) = mailbox.mails
    (told,) = posted(httpserver)
    assert told["event"] == "failure" and told["engagement"] == NAME
    assert mail["To"] == "studio@cailloux.example" and NAME in mail["Subject"]
    content = mail.get_payload(decode=True)
    assert isinstance(content, bytes)
    for text in (json.dumps(told), f"{mail['Subject']} {content.decode()}"):
        assert "jalon check" in text
        assert not any(name in text for name in PLANTED)
    assert "roster.csv, row 3" in done.stderr  # the mend is there, the person is not
    kept = [path.read_bytes() for path in home.dagster.rglob("*") if path.is_file()]
    assert kept
    for written in (done.stderr.encode(), *kept):
        assert not any(name.encode() in written for name in PLANTED)
    if log == "json":
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        assert lines[-1]["level"] == "error" and lines[-1]["exit_code"] == 2
        assert {"at", "message"} <= set.intersection(*(set(line) for line in lines))
        assert "start-up" in [line.get("stage") for line in lines]


def test_a_publication_is_told_once_a_build(
    home: Home, mailbox: Mailbox, httpserver: HTTPServer, tmp_path: Path
) -> None:
    said: list[str] = []
    notify_publication(home, NAME, MONTH, said.append)
    for value in (1, 1, 2):
        publish_one(home, tmp_path / str(len(said)), value)
        said.append("published")
        notify_publication(home, NAME, MONTH, said.append)
    assert [told["build_id"] for told in posted(httpserver)] == ["build1", "build2"]
    assert len(mailbox.mails) == 2
    assert "1 warning of the quality gate, 2 rows kept out" in posted(httpserver)[0]["text"]
    assert said == ["published"] * 3


def test_runs_that_dagster_started_are_told_and_those_tried_again_are_not(
    home: Home, mailbox: Mailbox, httpserver: HTTPServer, tmp_path: Path
) -> None:
    partition = {"dagster/partition/engagement": NAME, "dagster/partition/month": MONTH}
    failed = DagsterRunStatus.FAILURE
    evaluate(failure_notified, failed, partition | {"dagster/will_retry": "true"})
    evaluate(failure_notified, failed, partition | {"jalon/started_by": "command_line"})
    evaluate(failure_notified, failed, {})  # the portfolio is of no engagement
    assert posted(httpserver) == []
    evaluate(failure_notified, failed, {"dagster/partition": NAME})
    publish_one(home, tmp_path, 1)
    evaluate(publication_notified, DagsterRunStatus.SUCCESS, partition)
    told = [(one["event"], one["month"]) for one in posted(httpserver)]
    assert told == [("failure", None), ("publication", MONTH)]
    assert len(mailbox.mails) == 2


def evaluate(sensor: Any, status: DagsterRunStatus, tags: dict[str, str]) -> None:
    has_failed = status is DagsterRunStatus.FAILURE
    kind = DagsterEventType.RUN_FAILURE if has_failed else DagsterEventType.RUN_SUCCESS
    with DagsterInstance.ephemeral() as instance:
        context = build_run_status_sensor_context(
            sensor_name=sensor.name,
            dagster_instance=instance,
            dagster_run=DagsterRun(job_name="build_month", status=status, tags=tags),
            dagster_event=DagsterEvent(
                event_type_value=(kind or DagsterEventType.RUN_SUCCESS).value,
                job_name="build_month",
            ),
        )
        sensor(context)


def test_what_cannot_be_sent_is_said_without_an_address_and_changes_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_SMTP", "smtp://user:secret@127.0.0.1:1")
    configure(home, "{email: [paul.mica@cailloux.example], webhook: 'http://127.0.0.1:1/token'}")
    said: list[str] = []
    notify(home, failure_message(home, NAME, MONTH), said.append)
    assert [line.split()[0] for line in said] == ["e-mail", "webhook"]
    assert not any(word in " ".join(said) for word in (*PLANTED, "secret", "token"))


def test_only_what_is_asked_for_is_sent(
    home: Home, mailbox: Mailbox, httpserver: HTTPServer
) -> None:
    configure(home, f"{{webhook: '{httpserver.url_for('/hook')}', on: [publication]}}")
    notify(home, failure_message(home, NAME, None), pytest.fail)
    assert posted(httpserver) == [] and mailbox.mails == []


@pytest.mark.parametrize(
    ("block", "mend"),
    [
        ("{emial: [a@b.example]}", "the nearest known key is notify.email"),
        ("{email: [paul]}", "is no e-mail address"),
        ("{webhook: hooks.example}", "is no web address"),
        ("{on: [failures]}", "'failure'"),
    ],
)
def test_a_slip_in_the_block_is_named_with_its_mend(home: Home, block: str, mend: str) -> None:
    configure(home, block)
    with pytest.raises(InputError, match=mend):
        load_engagement(home.engagement(NAME))
