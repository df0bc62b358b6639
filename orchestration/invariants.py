"""The invariants of reliability.md, checked on what is stored and published (`jalon verify`).

I1 whole publications, I4 every row accounted for, I5 nobody exposed. Chaos tests and people use
the same checks. Does not belong here: preventing anything; this looks afterwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from ingestion.config import load_engagement
from ingestion.folding import fold
from ingestion.roster import Person, load_roster
from orchestration.paths import Home
from orchestration.stored_texts import stored_texts
from reports.publication import current_month, damaged_files, published_months, read_manifest

_EARLIER = (
    "of an earlier state, which no run makes anew: restore it from a backup or remove its folder"
)


@dataclass(frozen=True)
class Finding:
    """One invariant that does not hold.

    Attributes:
        invariant: I1, I4 or I5.
        where: file or table, relative to JALON_HOME.
        message: what is wrong and the mend.
    """

    invariant: str
    where: str
    message: str


def verify(home: Home, engagement: str) -> list[Finding]:
    """All findings for one engagement; empty where everything holds."""
    return [
        *_whole_publications(home, engagement),
        *_accounted_rows(home, engagement),
        *_exposed_people(home, engagement),
    ]


def _whole_publications(home: Home, engagement: str) -> Iterator[Finding]:
    published = home.published(engagement)
    if not published.is_dir():
        return
    months = published_months(published)
    for folder in sorted((published / ".builds").iterdir()):
        if folder.name.startswith("."):
            continue
        where = str(folder.relative_to(home.root))
        mend = "run the month again" if folder.name in months.values() else f"it is {_EARLIER}"
        for name in damaged_files(folder):
            yield Finding("I1", f"{where}/{name}", f"is missing or was changed; {mend}")
        if not damaged_files(folder):
            gate = read_manifest(published, folder.name)["gate"]
            if gate.get("is_passed") is not True:
                yield Finding("I1", where, "was published without a passed gate; roll back")
    for link in published.iterdir():
        if link.is_symlink() and link.name not in months:
            yield Finding("I1", str(link.relative_to(home.root)), "leads nowhere; run the month")
    if months and current_month(published) != max(months):
        where = str((published / "current").relative_to(home.root))
        yield Finding("I1", where, f"should name {max(months)}; run that month")


def _accounted_rows(home: Home, engagement: str) -> Iterator[Finding]:
    with duckdb.connect() as connection:
        for path in sorted((home.lake / engagement / "snapshots").glob("*/source_files.parquet")):
            where = str(path.relative_to(home.root))
            try:
                rows = connection.execute(
                    "select source_file, rows_in, rows_loaded, rows_quarantined,"
                    " rows_declared_non_data from read_parquet(?) where status = 'loadable' and"
                    " rows_in <> rows_loaded + rows_quarantined + rows_declared_non_data",
                    [str(path)],
                ).fetchall()
            except duckdb.Error:
                message = "cannot be read; run the engagement, which makes the present one anew; "
                yield Finding("I4", where, f"{message}if this stays, it is {_EARLIER}")
                continue
            for source_file, rows_in, *parts in rows:
                message = f"{source_file}: {rows_in} rows in, {sum(parts)} accounted for"
                yield Finding("I4", where, message)


def _exposed_people(home: Home, engagement: str) -> Iterator[Finding]:
    folder = home.engagement(engagement)
    roster = load_roster(folder, load_engagement(folder))
    needles = {needle for person in roster for needle in identifiers(person)}
    allowed = {fold(person.name) for person in roster if person.champion_consent}
    allowed |= _named_owners(home, engagement)
    for path, texts in stored_texts(home, engagement):
        folded = fold("\n".join(texts))
        found = {needle for needle in needles - allowed if needle in folded}
        if found:
            message = f"holds {len(found)} name(s) or e-mail(s) of the roster"
            yield Finding("I5", str(path.relative_to(home.root)), message)


def identifiers(person: Person) -> set[str]:
    """The folded spellings of a person that must not be found anywhere: name both ways, e-mail."""
    first, last = " ".join(person.first_names), " ".join(person.surnames)
    spellings = {fold(spelling) for spelling in person.spellings}
    return spellings | {f"{first} {last}", f"{last} {first}", fold(person.email)}


def _named_owners(home: Home, engagement: str) -> set[str]:
    path = home.engagement(engagement) / "decisions" / "tasks.csv"
    text = fold(path.read_text(encoding="utf-8-sig")) if path.is_file() else ""
    return {cell.strip().strip('"') for line in text.splitlines() for cell in line.split(",")}
