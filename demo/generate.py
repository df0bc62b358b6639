"""Write the demo's engagement folder.

Belongs here: which file lies where. Does not belong here: what is in it (the modules beside).
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from demo import people as roster
from demo.decisions import scores_csv, task_map_csv
from demo.deliverables import deliverable_files
from demo.forms import form_files
from demo.hours import simulate
from demo.timesheets import timesheet_files
from demo.transcripts import Interview, read_interviews, render

SEED = 20260101
_FILES = Path(__file__).parent / "files"
# Exports were saved in the order in which they are listed, a minute apart.
_FIRST_SAVED_AT = 1_790_841_600  # 2026-10-01 08:00 UTC


def true_weekly_hours(seed: int = SEED) -> dict[tuple[str, str], float]:
    """The real hours a week by team and task at the end of the baseline, for tests."""
    agency, workload = roster.load("agency.yaml"), roster.load("workload.yaml")
    people = roster.make_people(agency, workload, np.random.default_rng(seed))
    return roster.weekly_hours_on(people, workload["calendar"]["baseline_end"])


class _PlainDumper(yaml.SafeDumper):
    """Writes a value again where it comes again: people edit this file and know no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def write_engagement(folder: Path, seed: int = SEED) -> None:
    """Write the complete engagement folder of the demo agency, the same bytes for the same seed.

    Args:
        folder: the engagement folder, created if needed.
        seed: of everything that chance decides.
    """
    agency, workload = roster.load("agency.yaml"), roster.load("workload.yaml")
    rng = np.random.default_rng(seed)
    people = roster.make_people(agency, workload, rng)
    activity = simulate(people, workload, rng)
    interviews = read_interviews()
    inbox = {
        "timesheets": timesheet_files(activity.entries, workload, agency["domain"], rng),
        "deliverables": deliverable_files(activity.deliveries, agency, workload, rng),
        "forms": form_files(people, agency, workload, roster.load("form.yaml"), rng),
        "transcripts": {i.file_name: render(i) for i in interviews},
    }
    for kind, files in inbox.items():
        for number, (name, content) in enumerate(files.items()):
            path = _write(folder / "inbox" / kind / name, content)
            saved_at = _FIRST_SAVED_AT + 60 * number
            os.utime(path, (saved_at, saved_at))
    _write(folder / "roster.csv", roster.roster_csv(people).encode())
    _write(folder / "decisions" / "task_map.csv", task_map_csv(agency, workload).encode())
    _write(folder / "decisions" / "scores.csv", scores_csv(roster.load("scores.yaml")).encode())
    for path in sorted(_FILES.rglob("*")):
        if path.is_file():
            _write(folder / path.relative_to(_FILES), path.read_bytes())
    _append_transcripts(folder / "engagement.yaml", _transcript_rules(interviews, agency))


def _write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _transcript_rules(
    interviews: list[Interview], agency: Mapping[str, Any]
) -> list[dict[str, Any]]:
    committee = {member["name"]: {"role": member["role"]} for member in agency["committee"]}
    on_roster = [*agency["directors"].values(), *agency["key_people"].values()]
    speakers: dict[str, Any] = {agency["consultant"]["name"]: {"role": "interviewer"}} | committee
    speakers |= {p["name"]: roster.email_of(p["name"], agency["domain"]) for p in on_roster}
    consenting = set(agency["quote_consent"])
    return [
        {
            "file": interview.file_name,
            "phase": interview.phase,
            "date": interview.held_on,
            "speakers": {name: speakers[name] for name in interview.speakers},
            "quote_consent": interview.interviewee in consenting,
        }
        for interview in interviews
    ]


def _append_transcripts(path: Path, rules: list[dict[str, Any]]) -> None:
    text = yaml.dump(
        {"transcripts": rules}, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False,
        default_flow_style=None, width=1000,
    )  # fmt: skip
    indented = "".join(f"  {line}\n" for line in text.splitlines())
    path.write_text(path.read_text(encoding="utf-8") + indented, encoding="utf-8")
