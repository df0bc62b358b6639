"""roster.csv: who belongs to the engagement.

Belongs here: reading and checking the roster, names taken apart. Does not belong here: pseudonyms
(vault) and finding a person in a file (people).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from ingestion.config import EngagementConfig
from ingestion.errors import InputError
from ingestion.folding import fold, folded_key, nearest, tokens
from ingestion.ordinary_words import NO_NAMES
from ingestion.people_csv import read_rows

ROSTER_NAME = "roster.csv"
ROSTER_COLUMNS = (
    "name", "email", "team", "role", "weekly_hours", "started_on", "left_on", "champion_consent",
)  # fmt: skip
_NICKNAME = re.compile(r"\"([^\"]+)\"|«([^»]+)»|“([^”]+)”|\(([^)]+)\)")
_BETWEEN = re.compile(r"[,;/]")
_CALLED = re.compile(
    r"\s*(?:(?:née?|born|épouse|ex|dite?|alias|aka|surnommée?)\b[\s.:-]*)?", re.IGNORECASE
)
_EMAIL = r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+"


@dataclass(frozen=True)
class Person:
    """One line of the roster. `email` is folded and is the key; `line` stands for the order.

    `nicknames` stand in quotes or brackets in the file, and not in `name`.
    """

    line: int
    name: str
    email: str
    team: str
    role: str | None
    weekly_hours: float | None
    started_on: date | None
    left_on: date | None
    champion_consent: bool

    nicknames: tuple[str, ...] = ()

    @property
    def login(self) -> str:
        """What stands before the @ of the address."""
        return self.email.partition("@")[0]

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name, and the same with each nickname beside and instead of the given name."""
        surname = " ".join(self.surnames)
        called = [f"{nickname} {surname}" for nickname in self.nicknames if surname]
        return (self.name, *called, *(f"{self.name} {nick}" for nick in self.nicknames))

    @cached_property
    def first_names(self) -> tuple[str, ...]:
        """Folded words of the first name."""
        return _split_name(self.name)[0]

    @cached_property
    def surnames(self) -> tuple[str, ...]:
        """Folded words of the surname, particles included."""
        return _split_name(self.name)[1]


def _without_nicknames(written: str) -> tuple[str, tuple[str, ...]]:
    """A name, and what stands in it in quotes or brackets if that can be a name."""
    held = [next(part for part in found.groups() if part) for found in _NICKNAME.finditer(written)]
    said = [part for parts in held for part in _BETWEEN.split(parts)]
    plain = " ".join(_NICKNAME.sub(" ", written).split())
    called = [name.strip() for part in said if _is_name(name := _CALLED.sub("", part, count=1))]
    return (plain, tuple(called)) if tokens(plain) else (written, ())


def _is_name(said: str) -> bool:
    """Whether words in brackets can be a name, and no contract, share of time, title or pronoun."""
    words = tokens(said)
    has_digit = any(letter.isdigit() for letter in said)
    return NO_NAMES.isdisjoint(words) and not has_digit and max(map(len, words), default=0) > 1


def _split_name(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "," in name:
        surname, _, first = name.partition(",")
        return tokens(first), tokens(surname)
    words = name.split()
    capitals = [w for w in words if len(w) > 1 and w.isupper()]
    if capitals and len(capitals) < len(words):
        first = " ".join(w for w in words if w not in capitals)
        return tokens(first), tokens(" ".join(capitals))
    return tokens(words[0]), tokens(" ".join(words[1:]))


def load_roster(folder: Path, config: EngagementConfig) -> tuple[Person, ...]:
    """All people of the roster in its order.

    Raises:
        InputError: the file is missing or a row is wrong; file, row and mend are named.
    """
    path = folder / ROSTER_NAME
    if not path.is_file():
        raise InputError(
            f"{ROSTER_NAME} is missing in {folder.name}; write it with the columns "
            f"{','.join(ROSTER_COLUMNS)}"
        )
    teams = config.settings.teams
    team_by_text = {folded_key(t.name): key for key, t in teams.items()}
    team_by_text |= {folded_key(key): key for key in teams}
    day_first = config.settings.language == "fr"
    people: dict[str, Person] = {}
    for row in read_rows(path, ROSTER_NAME, ROSTER_COLUMNS[:3], ROSTER_COLUMNS[3:]):
        name, nicknames = _without_nicknames(row.required("name"))
        if not tokens(name):
            raise row.error("name holds no letter; write first name and surname")
        email = fold_email(row.required("email"))
        if not re.fullmatch(_EMAIL, email):
            raise row.error("email is no e-mail address")
        if email in people:
            raise row.error(f"the same email stands on row {people[email].line}; keep one of them")
        written = row.required("team")
        team = team_by_text.get(folded_key(written))
        if team is None:
            meant = nearest(written, [*teams, *(t.name for t in teams.values())], cutoff=0)
            raise row.error(f"no team {written!r} in engagement.yaml; the nearest is {meant}")
        weekly_hours = row.number("weekly_hours", 0, 80)
        if weekly_hours == 0:
            raise row.error("weekly_hours is 0; leave it blank for the calendar's")
        person = Person(
            row.line, name, email, team, row.text("role"), weekly_hours,
            row.day("started_on", day_first), row.day("left_on", day_first),
            row.flag("champion_consent") or False, nicknames,
        )  # fmt: skip
        if person.started_on and person.left_on and person.left_on < person.started_on:
            raise row.error("left_on lies before started_on")
        people[email] = person
    return tuple(people.values())


def fold_email(email: str) -> str:
    """An address as the roster compares it."""
    return fold(email).strip().removeprefix("mailto:")


def headcount_warnings(roster: tuple[Person, ...], config: EngagementConfig) -> list[str]:
    """One warning per team whose roster differs from the config's headcount by more than 10 %.

    Counted on the last day of the baseline, as the model does.
    """
    day = config.settings.calendar.baseline.end
    warnings = []
    for key, team in config.settings.teams.items():
        present = sum(
            p.team == key
            and (p.started_on is None or p.started_on <= day)
            and (p.left_on is None or p.left_on >= day)
            for p in roster
        )
        if abs(present - team.headcount) > 0.1 * team.headcount + 1e-9:
            warnings.append(
                f"team {key}: headcount is {team.headcount:g} in engagement.yaml, "
                f"{present} on the roster on {day.isoformat()}; correct one of them"
            )
    return warnings
