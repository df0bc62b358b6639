"""Erasure of one person on request (`jalon erase`), from everything below JALON_HOME.

Order: publications that quote or name the person withdrawn, as their words are found by their
pseudonym; tombstone in the vault; what was made from their rows purged; their rows taken out of the
engagement folder, the roster's last. A killed erasure is finished by the same command. Then every
stored text is searched for what is left.
Aggregates of other publications stay, as do frozen values.
Belongs here: state of the software. Does not belong here: editing people's files
(ingestion.erasure), rebuilding (commands).
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingestion.atomic import remove_folder, write_bytes
from ingestion.config import load_engagement
from ingestion.erasure import FolderErasure, Step, carry_out, plan_folder, texts_of_file
from ingestion.errors import InputError
from ingestion.folding import fold, nearest
from ingestion.roster import Person, fold_email, load_roster
from ingestion.vault import load_vault, new_vault, save_vault
from llm_enrichment.llm.cache import Cache
from orchestration.invariants import identifiers
from orchestration.locks import exclusive
from orchestration.paths import Home
from orchestration.stored_texts import parquet_texts, stored_texts
from reports.publication import published_months, withdraw

# A shorter text, such as "oui" or the name of a task, is nobody's alone.
_TELLING = 20
_MASK = re.compile(r"\[[^\[\]]*\]")
_FREE_TEXTS = {
    "form_responses": ("ai_works", "ai_missing", "time_consuming", "low_value", "wish"),
    "form_tasks": ("label",),
    "form_tools": ("missing_integration",),
    "form_extra_answers": ("answer",),
    "timesheet_entries": ("label", "note"),
    "turns": ("text",),
}


class Traces:
    """The person's own words and identifiers, to be found in what was made from them."""

    def __init__(self, home: Home, engagement: str, person: Person) -> None:
        """Collect what they said and wrote from all snapshots kept."""
        vault = load_vault(home.vault, home.lake, engagement)
        self._identifiers = identifiers(person)
        pseudonym = vault.people.get(person.email) if vault else None
        self._words: str | None = ""
        if pseudonym:
            try:
                texts = _own_texts(home.lake / engagement / "snapshots", pseudonym)
                self._words = "\n".join(_without_masks(_plain(text)) for text in texts)
            except duckdb.Error:
                self._words = None

    def are(self, text: str) -> bool:
        """Whether a stored text is taken from their words, or names them.

        Where a damaged snapshot does not tell their words any more, every text may be.
        """
        if self._words is None:
            return True
        plain = _plain(text)
        if len(plain) >= _TELLING and _without_masks(plain) in self._words:
            return True
        return any(identifier in plain for identifier in self._identifiers)

    def are_in(self, build: Path) -> bool:
        """Whether a published build quotes or names them; one that cannot be read may."""
        try:
            with duckdb.connect() as connection:
                return any(
                    self.are(text)
                    for path in sorted((build / "marts").glob("*.parquet"))
                    for text in parquet_texts(connection, path)
                ) or self.are((build / "manifest.json").read_text())
        except (OSError, UnicodeDecodeError, duckdb.Error):
            return True


@dataclass(frozen=True)
class Plan:
    """What an erasure would do, found without changing anything.

    Attributes:
        person: of the roster.
        folder: the steps in the engagement folder.
        builds: published builds that quote or name the person.
        months: months that show one of these builds now.
        theirs: their words and identifiers.
    """

    person: Person
    folder: FolderErasure
    builds: list[str]
    months: list[str]
    theirs: Traces


@dataclass(frozen=True)
class Report:
    """What an erasure touched; kept below JALON_HOME/erasures/, without a name.

    Attributes:
        engagement: its name.
        erased_at: UTC.
        person: keyed hash of the address, as the vault's tombstone.
        files: label, hash before and after (None: removed) and what was done, in plain words.
        purged: folders and files of the software that were deleted, relative to JALON_HOME.
        llm_answers_deleted: answers of the endpoint that held their words.
        withdrawn_builds, withdrawn_months: publications taken back; the months are to be rebuilt.
        not_searched: files that could not be read, by label: a person must look.
        residue: where an identifier of the person is still found; empty where all is done.
    """

    engagement: str
    erased_at: str
    person: str
    files: list[dict[str, str | None]]
    purged: list[str]
    llm_answers_deleted: int
    withdrawn_builds: list[str]
    withdrawn_months: list[str]
    not_searched: list[str]
    residue: list[str]


def find_person(home: Home, engagement: str, email: str) -> Person | None:
    """The person of the roster; None where they were erased before.

    Raises:
        InputError: nobody of the roster has this address, or the folder is wrong.
    """
    folder = home.engagement(engagement)
    roster = load_roster(folder, load_engagement(folder))
    by_email = {person.email: person for person in roster}
    person = by_email.get(fold_email(email))
    if person is None:
        vault = load_vault(home.vault, home.lake, engagement)
        if vault is not None and vault.is_erased(email, None):
            return None
        meant = nearest(email, by_email)
        raise InputError(
            f"{email!r} is no address of {engagement}/roster.csv"
            + (f"; did you mean {meant}?" if meant else "; write it as it stands there")
        )
    return person


def plan_erasure(home: Home, engagement: str, person: Person) -> Plan:
    """What erasing a person would do.

    Raises:
        InputError: the engagement folder is wrong.
    """
    theirs = Traces(home, engagement, person)
    months = published_months(home.published(engagement))
    builds = [path.name for path in _published_builds(home, engagement) if theirs.are_in(path)]
    return Plan(
        person,
        plan_folder(home.engagement(engagement), person),
        builds,
        [month for month, build in months.items() if build in builds],
        theirs,
    )


def erase(home: Home, engagement: str, person: Person) -> Report:
    """Erase a person; runs of the engagement wait meanwhile.

    Raises:
        InputError: the engagement folder is wrong, or its vault lost.
    """
    with ExitStack() as locks:
        for stage in ("ingest", "enrich", "publish"):
            locks.enter_context(exclusive(home.locks / f"{engagement}.{stage}"))
        plan = plan_erasure(home, engagement, person)
        months = _withdraw(home, engagement, plan)
        answers_deleted = _forget_answers(home, engagement, plan.theirs)
        # Of an engagement that never ran, the tombstone alone makes the vault.
        vault = load_vault(home.vault, home.lake, engagement) or new_vault()
        vault.erase(person)
        save_vault(vault, home.vault, home.lake, engagement)
        purged = _purge(home, engagement)
        carry_out(plan.folder)
        return Report(
            engagement=engagement,
            erased_at=datetime.now(UTC).isoformat(timespec="seconds"),
            person=vault.keyed_hash("email", person.email),
            files=[_told(step) for step in plan.folder.steps],
            purged=purged,
            llm_answers_deleted=answers_deleted,
            withdrawn_builds=plan.builds,
            withdrawn_months=months,
            not_searched=plan.folder.not_searched,
            residue=sorted(_residue(home, engagement, person)),
        )


def _told(step: Step) -> dict[str, str | None]:
    return {
        "file": step.label,
        "sha256_before": step.sha256,
        "sha256_after": step.sha256_after,
        "what": step.what,
    }


def keep_report(home: Home, report: Report) -> Path:
    """Store the report; returns its path."""
    stamp = report.erased_at.replace(":", "").replace("+0000", "Z")
    path = home.erasures / report.engagement / f"{stamp}-{report.person[:8]}.json"
    write_bytes(path, json.dumps(asdict(report), ensure_ascii=False, indent=1).encode() + b"\n")
    return path


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _without_masks(plain: str) -> str:
    """What stands for a name is not the same in what is stored and in what is published."""
    return _MASK.sub("[]", plain)


def _own_texts(snapshots: Path, pseudonym: str) -> set[str]:
    """Free texts that this person alone wrote or said, in all snapshots kept."""
    own: set[str] = set()
    with duckdb.connect() as connection:
        for snapshot in sorted(snapshots.glob("[!.]*")):
            for table, columns in _FREE_TEXTS.items():
                path = str(snapshot / f"{table}.parquet")
                source = "read_parquet($path)"
                if table.startswith("form_") and table != "form_responses":
                    responses = str(snapshot / "form_responses.parquet")
                    source += f" join read_parquet('{_quoted(responses)}') using (response_id)"
                for column in columns:
                    rows = connection.execute(
                        f"select {column} from {source} where length({column}) >= {_TELLING}"
                        f" group by {column} having bool_and(person_id is not distinct from $who)",
                        {"path": path, "who": pseudonym},
                    ).fetchall()
                    own |= {text for (text,) in rows}
    return own


def _quoted(path: str) -> str:
    return path.replace("'", "''")


def _published_builds(home: Home, engagement: str) -> list[Path]:
    return sorted((home.published(engagement) / ".builds").glob("[!.]*"))


def _withdraw(home: Home, engagement: str, plan: Plan) -> list[str]:
    """Take publications back, and the sites and hand-over files that were made from them."""
    months = withdraw(home.published(engagement), plan.builds)
    sites = home.sites(engagement)
    for month in months:
        site = sites / month
        if site.is_symlink():
            shutil.rmtree(site.resolve(), ignore_errors=True)
            site.unlink()
        shutil.rmtree(home.exports(engagement) / month, ignore_errors=True)
    linked = {path.resolve() for path in sites.glob("[!.]*") if path.is_symlink()}
    for old in (sites / ".builds").glob("*"):
        if old.resolve() not in linked:
            shutil.rmtree(old)
    return months


def _forget_answers(home: Home, engagement: str, theirs: Traces) -> int:
    folder = home.llm_cache / engagement
    if not folder.is_dir():
        return 0
    cache = Cache(folder)
    try:
        return cache.forget(lambda answer: any(map(theirs.are, _strings(json.loads(answer)))))
    finally:
        cache.close()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _purge(home: Home, engagement: str) -> list[str]:
    """Delete what the software made of the engagement's rows and makes again by itself."""
    purged = []
    lake = home.lake / engagement
    for folder in (
        lake / "snapshots",
        lake / "parsed",
        lake / "enrichment",
        home.root / "builds" / engagement,
        home.work / "plans" / engagement,
        # Put aside or cut short: nobody reads them, whomever they quote.
        *sorted((home.published(engagement) / ".builds").glob(".*")),
    ):
        if folder.is_dir():
            remove_folder(folder)
            purged.append(str(folder.relative_to(home.root)))
    inputs = home.work / "inputs" / f"{engagement}.json"
    if inputs.is_file():
        inputs.unlink()
        purged.append(str(inputs.relative_to(home.root)))
    return purged


def _residue(home: Home, engagement: str, person: Person) -> Iterator[str]:
    """Where an identifier of the person is still stored, relative to JALON_HOME."""
    needles = identifiers(person)
    for path, texts in stored_texts(home, engagement):
        if any(needle in fold(text) for text in texts for needle in needles):
            yield str(path.relative_to(home.root))
    for path in sorted(p for p in home.engagement(engagement).rglob("*") if p.is_file()):
        if any(needle in fold(text) for text in texts_of_file(path) for needle in needles):
            yield str(path.relative_to(home.root))
