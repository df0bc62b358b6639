"""Every fixture, mangled in seeded ways: nothing escapes and every record is accounted for.

The count of records comes from a counter of its own (the standard CSV reader, or lines), never
from the readers.
"""

import csv
import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion.parsed import FileKind, FileStatus, ParsedFile
from ingestion.source_rule import SourceRule
from tests.readers.form_samples import FR, LONG, LONG_RULE, csv_of, form
from tests.readers.reading import check_lines, column, read
from tests.readers.test_timesheet_decisions import HOME_MADE, MAPPING
from tests.readers.test_timesheet_tools import HARVEST, TOGGL
from tests.readers.test_transcripts import MEET

ROUNDS = 60
Mutation = Callable[[str, random.Random], str]


def grown(text: str, rows: int) -> str:
    """The fixture with its rows repeated, so that mutations have something to bite."""
    lines = text.splitlines()
    body = [lines[1 + i % (len(lines) - 1)] for i in range(rows)]
    return "\n".join([lines[0], *body]) + "\n"


_HEAD, _ROW = form(FR, Horodateur="13/03/2026 10:01:09")
SURVEY = [
    ["Respondent ID", "Collector ID", "Date Created", FR["person_email", 0], FR["wish", 0]],
    ["", "", "", "Réponse ouverte", "Response"],
    *(
        [str(i), "1", "03/13/2026 10:00:00", f"a{i}@a.example", "moins de réunions"]
        for i in range(24)
    ),
]
TABLES: dict[str, tuple[str, str, FileKind, SourceRule]] = {
    "toggl": (grown(TOGGL, 24).lstrip("\ufeff"), ",", FileKind.TIMESHEET, SourceRule()),
    "harvest": (grown(HARVEST, 24), ",", FileKind.TIMESHEET, SourceRule()),
    "home made": (
        grown(HOME_MADE, 24), ";", FileKind.TIMESHEET, SourceRule("generic", columns=MAPPING)
    ),
    "google": (grown(csv_of([_HEAD, _ROW]), 24), ",", FileKind.FORM, SourceRule()),
    "kimai": (
        grown("Date;De;À;Durée;Nom;Activité;Projet\n"
              "13/03/2026;09:00;10:30;1:30;Inès Jaspe;Maquette;Site\n"
              "14/03/2026;14:00;14:06;0:06;Inès Jaspe;;Site\n", 24),
        ";", FileKind.TIMESHEET, SourceRule(),
    ),
    "jira": (
        grown("Worklog id,Author,Summary,Started,Time spent\n"
              '10,Inès Jaspe,Maquette,"Jan 20, 2026, 6:25 PM",1h 30m\n'
              "11,Inès Jaspe,_,2026-01-21T18:25:30.148+0100,35m\n", 24),
        ",", FileKind.TIMESHEET, SourceRule(),
    ),
    "pivoted": (
        grown("Nom;Tâche;2026-03-02;2026-03-03;2026-03-04;Total\n"
              "Inès Jaspe;Maquette;1;2;;3\nThéo;;7,5;;1h30;9\n", 24),
        ";", FileKind.TIMESHEET, SourceRule(),
    ),
    "surveymonkey": (csv_of(SURVEY), ",", FileKind.FORM, SourceRule()),
    "long form": (grown(LONG, 24), ";", FileKind.FORM, LONG_RULE),
    "deliverables": (
        "date;team;task;project_type;units;versions\n"
        + "2026-03-31;creation;Posts;social;12,5;2\n" * 24,
        ";", FileKind.DELIVERABLE, SourceRule(),
    ),
}  # fmt: skip


def lines_of(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def cut(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(1, len(text))]


def duplicated(text: str, rng: random.Random) -> str:
    lines = lines_of(text)
    at = rng.randrange(len(lines))
    return "".join([*lines[: at + 1], *lines[at : at + 1 + rng.randrange(4)], *lines[at + 1 :]])


def ragged(text: str, rng: random.Random) -> str:
    lines = lines_of(text)
    for _ in range(rng.randrange(1, 9)):
        at = rng.randrange(len(lines))
        mark = rng.choice([",", ";", "x", ",,", ""])
        place = rng.randrange(len(lines[at]) or 1)
        lines[at] = lines[at][:place] + mark + lines[at][place + rng.randrange(3) :]
    return "".join(lines)


def without_a_quote(text: str, rng: random.Random) -> str:
    at = [i for i, c in enumerate(text) if c == '"']
    place = rng.choice(at) if at else rng.randrange(len(text))
    return text[:place] + ("" if at else '"') + text[place + 1 :]


def injected(text: str, rng: random.Random) -> str:
    lines = lines_of(text)
    for row in ("Total", "\n", "Sous-total;;3", "TOTAL,,,,,,12,3", lines[0], ";;;;", ",,,,"):
        lines.insert(rng.randrange(1, len(lines) + 1), row.rstrip("\n") + "\n")
    return "".join(lines)


def shuffled(text: str, rng: random.Random) -> str:
    lines = lines_of(text)
    rng.shuffle(lines)
    return "".join(lines)


def noisy(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(rng.randrange(1, 12)):
        letters[rng.randrange(len(letters))] = rng.choice('",;\n\r\t é0-:/\u00a0\ufffd=')
    return "".join(letters)


MUTATIONS: tuple[Mutation, ...] = (
    cut, duplicated, ragged, without_a_quote, injected, shuffled, noisy,
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman")


def check(parsed: ParsedFile, text: str, separator: str) -> None:
    check_lines(parsed, text, separator)
    if parsed.status is FileStatus.LOADABLE:
        assert "\ufffd" not in "".join(
            map(str, parsed.rows.rows() if parsed.rows is not None else "")
        )


@pytest.mark.parametrize("name", TABLES)
def test_a_mangled_table_is_accounted_for(tmp_path: Path, name: str) -> None:
    original, separator, kind, rule = TABLES[name]
    loaded = 0
    for seed in range(ROUNDS):
        rng = random.Random(f"{name} {seed}")
        text = original
        for mutation in rng.sample(MUTATIONS, rng.randrange(1, 3)):
            text = mutation(text, rng)
        encoding = rng.choice(ENCODINGS)
        if encoding in ("cp1252", "mac-roman"):
            text = text.replace("\ufffd", "?")
        parsed = read(tmp_path, text.encode(encoding, "replace"), kind, rule)
        check(parsed, text.encode(encoding, "replace").decode(encoding), separator)
        loaded += parsed.status is FileStatus.LOADABLE
    assert loaded > ROUNDS / 4, "mutations that refuse every file test nothing"


@pytest.mark.parametrize("name", TABLES)
def test_the_order_of_columns_changes_nothing(tmp_path: Path, name: str) -> None:
    original, separator, kind, rule = TABLES[name]
    expected = read(tmp_path, original, kind, rule)
    rows = list(csv.reader(io.StringIO(original), delimiter=separator))
    order = list(range(len(rows[0])))
    random.Random(name).shuffle(order)
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([[row[i] for i in order] for row in rows])
    parsed = read(tmp_path, out.getvalue(), kind, rule)
    assert parsed.rows is not None
    assert expected.rows is not None
    # The cells of a row are records where each column is a day.
    by_all = parsed.rows.columns
    assert parsed.rows.sort(by_all).equals(expected.rows.sort(by_all))


TRANSCRIPTS = {
    "meet": MEET,
    "vtt": "WEBVTT\n\n" + "".join(
        f"{i}\n00:00:{i:02}.000 --> 00:00:{i + 1:02}.000\nInès Jaspe: phrase {i}\n\n"
        for i in range(1, 30)
    ),
    "teams": "WEBVTT\n\n" + "".join(
        f"00:00:{i:02}.000 --> 00:00:{i + 1:02}.000\n<v Inès Jaspe>a {i}</v> <v Théo>b</v>\n\n"
        for i in range(1, 30)
    ),
    "otter": "".join(f"Inès Jaspe  0:{i:02}\nphrase {i}\n\n" for i in range(1, 30)),
    "captions": "".join(f"[Inès Jaspe] 10:00:{i:02}\nphrase {i}\n\n" for i in range(1, 30)),
    "json": '{"segments": [' + ", ".join(
        f'{{"start": {i}, "end": {i + 1}, "text": "phrase", "speaker": "S{i % 2}"}}'
        for i in range(30)
    ) + "]}",
}  # fmt: skip


def counts_as_cue(line: str) -> bool:
    before, arrow, after = line.partition("-->")
    return bool(arrow) and any(c.isdigit() for c in before + after)


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_a_mangled_transcript_is_accounted_for(tmp_path: Path, name: str) -> None:
    for seed in range(ROUNDS // 2):
        rng = random.Random(f"{name} {seed}")
        text = rng.choice(MUTATIONS)(TRANSCRIPTS[name], rng)
        encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16"))
        parsed = read(tmp_path, text.encode(encoding), FileKind.TRANSCRIPT)
        if parsed.status is FileStatus.LOADABLE:
            if name in ("meet", "otter", "captions") and "-->" not in text:
                physical = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
                assert parsed.rows_in == physical.count("\n") + 1
            if name == "vtt" and text.startswith("WEBVTT"):
                assert parsed.rows_in >= sum(counts_as_cue(line) for line in text.splitlines())
            assert "\ufffd" not in "".join(column(parsed, "text"))
            assert all(column(parsed, "text"))
