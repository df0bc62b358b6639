"""Who speaks in a transcript: people of the roster, described roles, the interviewer.

Belongs here: mapping of speaker names to labels, and which speaker interviews. Does not belong
here: the text of turns.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ingestion.config import EngagementConfig
from ingestion.config_sources import SpeakerRole, TranscriptAbout
from ingestion.errors import InputError
from ingestion.folding import folded_key, nearest
from ingestion.people import AMBIGUOUS, PeopleMatcher
from ingestion.redaction import role_label
from ingestion.roster import Person, fold_email

INTERVIEWER = "interviewer"
_INTERVIEWER_ROLES = {
    "interviewer", "intervieweur", "intervieweuse", "consultant", "consultante", "auditeur",
    "auditrice", "enqueteur", "enquetrice",
}  # fmt: skip


@dataclass(frozen=True)
class Speaker:
    """One voice of a transcript.

    Attributes:
        label: the role, never a name.
        team: key of the team, None outside the teams.
        person_line: line of the roster, None if not on it.
        is_interviewer: whether they ask.
        is_declared: whether config or roster knows them.
        is_homonym: whether several people of the roster bear the name.
    """

    label: str
    team: str | None = None
    person_line: int | None = None
    is_interviewer: bool = False
    is_declared: bool = True
    is_homonym: bool = False


def declared_speakers(
    abouts: Iterable[TranscriptAbout], config: EngagementConfig, roster: Sequence[Person]
) -> dict[str, str]:
    """All speaker names that config and sidecars hold, with what replaces them in any text.

    Raises:
        InputError: a speaker is mapped to nobody of the roster.
    """
    labels: dict[str, str] = {}
    for about in abouts:
        for name, given in about.speakers.items():
            speaker = _declared(name, given, config, roster)
            team = config.settings.teams[speaker.team].name if speaker.team else None
            labels[name] = role_label(speaker.label, team)
    return labels


def resolve_speakers(
    turns: Iterable[tuple[str | None, str]],
    about: TranscriptAbout,
    config: EngagementConfig,
    roster: Sequence[Person],
    matcher: PeopleMatcher,
) -> dict[str | None, Speaker]:
    """Each speaker name of a transcript and who that is.

    Args:
        turns: speaker name and text, in order.
        about: what config and sidecar say of the transcript.
        config: teams.
        roster: people.
        matcher: finds people by name.
    """
    given = {folded_key(name): (name, value) for name, value in about.speakers.items()}
    questions: Counter[str | None] = Counter()
    speakers: dict[str | None, Speaker] = {}
    unnamed = 0
    for name, text in turns:
        questions[name] += text.count("?")
        if name in speakers:
            continue
        declared = given.get(folded_key(name or ""))
        found = matcher.find(None, name) if name else None
        if declared:
            speakers[name] = _declared(*declared, config, roster)
        elif found and found.person:
            speakers[name] = _of_person(found.person, config)
        else:
            unnamed += 1
            is_homonym = found is not None and found.reason == AMBIGUOUS
            speakers[name] = Speaker(
                f"speaker {unnamed}", is_declared=False, is_homonym=is_homonym
            )  # fmt: skip
    if not any(speaker.is_interviewer for speaker in speakers.values()):
        strangers = [name for name, s in speakers.items() if not s.is_declared and questions[name]]
        # Without a second voice the one voice is the interviewee's.
        if strangers and len(speakers) > 1:
            asks_most = max(strangers, key=lambda name: questions[name])
            speakers[asks_most] = replace(
                speakers[asks_most], label=INTERVIEWER, is_interviewer=True
            )  # fmt: skip
    return speakers


def _of_person(person: Person, config: EngagementConfig) -> Speaker:
    label = person.role or config.settings.teams[person.team].name
    return Speaker(label, person.team, person.line)


def _declared(
    name: str, given: str | SpeakerRole, config: EngagementConfig, roster: Sequence[Person]
) -> Speaker:
    if isinstance(given, SpeakerRole):
        is_interviewer = folded_key(given.role) in _INTERVIEWER_ROLES
        label = INTERVIEWER if is_interviewer else given.role
        return Speaker(label, given.team, is_interviewer=is_interviewer)
    if folded_key(given) in _INTERVIEWER_ROLES:
        return Speaker(INTERVIEWER, is_interviewer=True)
    by_email: Mapping[str, Person] = {person.email: person for person in roster}
    person = by_email.get(fold_email(given))
    if person is None:
        near = nearest(given, by_email)
        hint = f"; the nearest is {near}" if near else ""
        raise InputError(
            f"sources.transcripts: speaker {name!r} is mapped to {given!r}, which is no e-mail of "
            f"roster.csv{hint}. Write such an e-mail, interviewer, or {{role: ..., team: ...}}"
        )
    return _of_person(person, config)
