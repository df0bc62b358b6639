"""Who is told of failures and publications, by e-mail or webhook, as `notify:` says.

A message names engagement, month, what happened and what to do; never the text of an error, which
may quote a file. A message that cannot be sent is told to whoever looks at the run and changes
nothing else. Does not belong here: when something happened (commands.run, sensors).

The mail server is the machine's: JALON_SMTP, smtp://user:password@host:port (`smtps` from the first
byte, else STARTTLS where offered), and JALON_MAIL_FROM.
"""

import json
import os
import smtplib
import ssl
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import Literal
from urllib.parse import unquote, urlsplit

from ingestion.config import load_engagement
from ingestion.config_schema import Notify
from ingestion.errors import InputError
from orchestration.flow import Flow, write_json
from orchestration.locks import exclusive
from orchestration.paths import Home
from reports.publication import published_months, read_manifest

_SECONDS = 10
_PORTS = {"smtp": 25, "smtps": 465}
_SENDER = "jalon@localhost"


@dataclass(frozen=True)
class Message:
    """What is sent; its fields are the webhook's JSON, `text` what chat tools show.

    Attributes:
        event: failure or publication.
        engagement: its name.
        month: YYYY-MM; None where a failure came before the month was known.
        build_id: of a publication.
        text: one or a few lines for people.
    """

    event: Literal["failure", "publication"]
    engagement: str
    month: str | None
    build_id: str | None
    text: str


def failure_message(home: Home, engagement: str, month: str | None) -> Message:
    """A run that did not publish; names the expectations that failed, where the gate refused."""
    about = f"{engagement} as of {month}" if month else engagement
    refused = _refused_by(home, engagement, month) if month else []
    why = f"the quality gate refused: {', '.join(refused)}" if refused else "the run failed"
    text = (
        f"{about}: {why}; what was published before stays as it is. `jalon check {engagement}` "
        f"shows what is wrong in the files, `jalon run {engagement}` tries again"
    )
    return Message("failure", engagement, month, None, text)


def notify_publication(home: Home, engagement: str, month: str, say: Callable[[str], None]) -> None:
    """Tell of the current build of a month, once a build; of a month without one say nothing."""
    published = home.published(engagement)
    note = home.work / "notified" / f"{engagement}.{month}.json"
    with exclusive(home.locks / f"{engagement}.notify"):
        build_id = published_months(published).get(month)
        with suppress(OSError, ValueError):
            if json.loads(note.read_text(encoding="utf-8")) == build_id:
                return
        if build_id is None:
            return
        manifest = read_manifest(published, build_id)
        warnings = len(manifest["gate"]["warnings"])
        text = (
            f"{engagement} as of {month}: published, build {build_id}; "
            f"{warnings} warning{'s' * (warnings != 1)} of the quality gate, "
            f"{manifest['rows_quarantined']} rows kept out"
        )
        write_json(note, build_id)
        notify(home, Message("publication", engagement, month, build_id, text), say)


def notify(home: Home, message: Message, say: Callable[[str], None]) -> None:
    """Send `message` to whom its engagement names; `say` hears of what could not be sent."""
    try:
        wanted = load_engagement(home.engagement(message.engagement)).settings.notify
    except InputError:
        say("  nobody is notified: engagement.yaml cannot be read")
        return
    if message.event not in wanted.on:
        return
    for channel, send in (("e-mail", _send_mail), ("webhook", _post)):
        try:
            send(wanted, message)
        except Exception as error:  # noqa: BLE001  no library's error fails a run or names an address
            say(f"  {channel} not sent: {type(error).__name__}; look at `notify` and JALON_SMTP")


def _send_mail(wanted: Notify, message: Message) -> None:
    if not wanted.email:
        return
    server = urlsplit(os.environ.get("JALON_SMTP") or "smtp://localhost")
    host, port = server.hostname or "localhost", server.port or _PORTS[server.scheme]
    mail = EmailMessage()
    mail["Subject"] = f"Jalon: {message.event}, {message.engagement} {message.month or ''}".strip()
    mail["From"] = os.environ.get("JALON_MAIL_FROM") or _SENDER
    mail["To"] = ", ".join(wanted.email)
    mail.set_content(message.text + "\n")
    connect = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    with connect(host, port, timeout=_SECONDS) as connection:
        connection.ehlo()
        if server.scheme == "smtp" and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(mail)


def _post(wanted: Notify, message: Message) -> None:
    if not wanted.webhook:
        return
    request = urllib.request.Request(
        wanted.webhook,
        json.dumps(asdict(message)).encode(),
        {"Content-Type": "application/json", "User-Agent": "jalon"},
    )
    urllib.request.urlopen(request, timeout=_SECONDS).close()


def _refused_by(home: Home, engagement: str, month: str) -> list[str]:
    flow = Flow(home, engagement)
    try:
        verdict = flow.verdict(flow.pinned_plan(month)) or {"errors": []}
    except InputError:  # no build was planned: the gate was not reached
        return []
    return [error["expectation"] for error in verdict["errors"]]
