"""The form tools: their own columns, which are no questions.

Belongs here: which headers tell the tool, where it writes who answered and when, what is never
kept. Does not belong here: the questionnaire's questions.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class FormTool:
    """One form tool's export.

    Attributes:
        tool: its name.
        signatures: sets of normal headers; one of them wholly there is enough.
        submitted_at, email, name: headers that carry them, the preferred first.
        ignored: further columns of the tool that are no answers.
        is_utc: whether the tool writes UTC.
        usual_date_order: by header of the submission time, where the tool always writes one order.
        finished: headers whose value tells a complete answer.
        undated: what the tool writes as the submission time where it keeps none.
    """

    tool: str
    signatures: tuple[frozenset[str], ...]
    submitted_at: tuple[str, ...]
    email: tuple[str, ...] = ("email", "email address", "e-mail")
    name: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    is_utc: bool = False
    usual_date_order: tuple[tuple[str, str], ...] = ()
    finished: tuple[str, ...] = ()
    undated: str = ""


def _any_of(*headers: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset({header}) for header in headers)


TOOLS = (
    FormTool(
        "microsoft",
        (frozenset({"id", "completion time"}), frozenset({"id", "heure de fin"})),
        submitted_at=("completion time", "heure de fin"),
        email=("email", "adresse de messagerie", "e-mail"),
        name=("name", "nom"),
        ignored=(
            "id", "start time", "heure de debut", "last modified time",
            "heure de la derniere modification", "language", "langue",
        ),
    ),
    FormTool(
        "typeform",
        (frozenset({"#", "submit date (utc)"}), frozenset({"submit date (utc)", "network id"})),
        submitted_at=("submit date (utc)",),
        ignored=("#", "start date (utc)", "stage date (utc)", "tags", "response type", "ending"),
        is_utc=True,
    ),
    FormTool(
        "tally",
        (frozenset({"submission id", "submitted at"}),),
        submitted_at=("submitted at",),
        ignored=("submission id", "respondent id"),
    ),
    FormTool(
        "limesurvey",
        (
            frozenset({"id", "submitdate", "lastpage"}),
            frozenset({"response id", "date submitted", "last page"}),
            frozenset({"id de la reponse", "date de soumission", "derniere page"}),
        ),
        submitted_at=("submitdate", "date submitted", "date de soumission"),
        ignored=(
            "id", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "token",
            "response id", "last page", "start language", "date started", "date last action",
            "id de la reponse", "derniere page", "langue de depart", "tete de serie",
            "date de lancement", "date de la derniere action",
        ),
        name=("lastname",),
        finished=("submitdate", "date submitted", "date de soumission"),
        # Of a survey without time stamps, every complete answer bears this one.
        undated="1980-01-01 00:00:00",
    ),
    FormTool(
        "surveymonkey",
        (
            frozenset({"respondent id", "collector id", "date created"}),
            frozenset({"respondent_id", "collector_id", "date_created"}),
            frozenset({"id du repondant", "id du collecteur", "date de creation"}),
        ),
        submitted_at=(
            "date modified", "date_modified", "date de modification", "date created",
            "date_created", "date de creation",
        ),
        email=("email address", "email_address", "adresse e-mail", "adresse email"),
        ignored=(
            "respondent id", "collector id", "first name", "last name", "custom data 1",
            "respondent_id", "collector_id", "first_name", "last_name", "custom_1",
            "id du repondant", "id du collecteur", "prenom", "nom",
        ),
    ),
    FormTool(
        "qualtrics",
        (frozenset({"startdate", "enddate", "recordeddate", "responseid"}),),
        submitted_at=("recordeddate", "enddate"),
        email=("recipientemail",),
        ignored=(
            "startdate", "enddate", "status", "progress", "duration (in seconds)", "finished",
            "responseid", "recipientlastname", "recipientfirstname", "externalreference",
            "distributionchannel", "userlanguage", "recordeddate",
        ),
        finished=("finished",),
    ),
    FormTool(
        "google",
        _any_of("timestamp", "horodateur", "horodatage"),
        submitted_at=("timestamp", "horodateur", "horodatage"),
        email=(
            "email address", "adresse e-mail", "adresse mail", "adresse email", "username",
            "nom d'utilisateur", "email", "e-mail",
        ),
        usual_date_order=(("horodateur", "dmy"), ("horodatage", "dmy")),
    ),
)  # fmt: skip

# Never kept, whatever the tool: they identify a device or a place.
_PRIVATE_HEADER = re.compile(
    r"\b(ip|ipaddr|ip[ _-]?address|adresse ip|network id|user[ -]?agent|useragent|"
    r"latitude|longitude|locationlatitude|locationlongitude|coordinates|coordonnees gps|"
    r"geolocation|geolocalisation|navigateur|browser|refurl|referrer)\b"
)
_PRIVATE_VALUE = re.compile(
    r"^(\d{1,3}(\.\d{1,3}){3}|([0-9a-f]{0,4}:){4,7}[0-9a-f]{0,4}|Mozilla/\d.*|"
    r"-?\d{1,3}\.\d{4,}\s*,\s*-?\d{1,3}\.\d{4,})$",
    re.IGNORECASE,
)
_QUESTION_CODE = re.compile(r"^[a-z][a-z0-9_]*(?:\[[^\]]*\])?\.\s+", re.IGNORECASE)


def find_tool(headers: Sequence[str], wanted: str = "auto") -> FormTool | None:
    """The tool whose signature is wholly among the normal headers, None where there is none."""
    there = {without_code(header) for header in headers} | set(headers)
    there |= {code_of(header) for header in headers}
    for tool in TOOLS:
        if wanted in ("auto", tool.tool) and any(s <= there for s in tool.signatures):
            return tool
    return None


def is_private(header: str, values: Sequence[str]) -> bool:
    """Whether a column holds what is never stored, by its normal header or by its values."""
    return bool(_PRIVATE_HEADER.search(header)) or any(_PRIVATE_VALUE.match(v) for v in values)


def without_code(header: str) -> str:
    """The text of a header such as `G1Q2. Text of the question`."""
    return _QUESTION_CODE.sub("", header)


def code_of(header: str) -> str:
    """The code of a header such as `submitdate. Date submitted`, "" where it has none."""
    found = _QUESTION_CODE.match(header)
    return found[0].rstrip(". ").casefold() if found else ""
