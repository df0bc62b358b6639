"""`jalon erase`: nothing of the person is left, everything of the others is."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from ingestion.erasure.spotting import Spotter
from ingestion.folding import fold
from ingestion.pipeline import load_inputs, make_context
from ingestion.snapshot import Snapshot
from ingestion.vault import new_vault
from llm_enrichment.llm.cache import Cache
from orchestration.cli import app
from reports.marts import marts_fingerprint
from reports.publication import publish, published_months
from tests.erasure.conftest import Agency, Someone

THEO = Someone("Théo", "Lapilli")
# Of two hundred people; `make chaos` erases all of them, which takes ten minutes.
ONE_IN = int(os.environ.get("JALON_ERASE_ONE_IN", "16"))
TABLES = ("timesheet_entries", "form_responses", "form_tasks", "form_extra_answers", "turns")


@pytest.fixture(autouse=True)
def _home(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_HOME", str(agency.home.root))


def erase(someone: Someone, *more: str) -> Result:
    arguments = ["erase", "mille-pierres", "--person", someone.email, *more]
    return CliRunner().invoke(app, arguments)


def decoded(home: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a home, its text as a person would see it, and its name."""
    for path in sorted(p for p in home.rglob("*") if p.is_file()):
        if path.suffix in (".parquet", ".arrow"):
            read = pl.read_parquet if path.suffix == ".parquet" else pl.read_ipc
            frame = read(path)
            text = "\n".join(map(str, frame.rows()))
        elif path.read_bytes()[:2] == b"PK":
            unpacked = home.parent / "unpacked"
            shutil.unpack_archive(path, unpacked, "zip")
            text = "\n".join(part.read_text("utf-8", "replace") for part in unpacked.rglob("*.xml"))
            shutil.rmtree(unpacked)
        else:
            text = path.read_bytes().decode("utf-8", "replace")
        yield path, fold(f"{path.relative_to(home)}\n{text}")


def places_of(agency: Agency, someone: Someone) -> list[str]:
    first, last = fold(someone.first), fold(someone.last)
    needles = (someone.email, f"{first} {last}", f"{last} {first}", f"{first[0]}. {last}")
    return [
        path.name
        for path, text in decoded(agency.home.root)
        if any(needle in text for needle in needles) and path.parent != agency.home.vault
    ]


def rows_by_person(agency: Agency, snapshot: Snapshot) -> dict[str, int]:
    """Loaded entries, answers and turns by address, the vault's ids undone."""
    vault = pl.read_json(agency.home.vault / "mille-pierres.json")["people"][0]
    address = {pseudonym: email for email, pseudonym in vault.items()}
    counts: dict[str, int] = {}
    for table in ("timesheet_entries", "form_responses", "turns"):
        frame = pl.read_parquet(snapshot.folder / f"{table}.parquet").drop_nulls("person_id")
        for pseudonym, count in frame.group_by("person_id").len().iter_rows():
            counts[address[pseudonym]] = counts.get(address[pseudonym], 0) + count
    return counts


def test_one_person_goes_from_every_kind_of_file_and_the_others_stay(agency: Agency) -> None:
    before = rows_by_person(agency, agency.ingest())
    assert before[THEO.email] >= 5  # timesheets of two tools, two forms, an interview
    assert len(places_of(agency, THEO)) >= 10

    result = erase(THEO)

    assert result.exit_code == 0, result.output
    assert places_of(agency, THEO) == []
    after = rows_by_person(agency, agency.ingest())
    del before[THEO.email]
    assert after == before


def test_a_name_that_the_end_of_a_line_parts_is_found(agency: Agency) -> None:
    roster = (agency.folder / "roster.csv").read_text("utf-8")
    agency.write("roster.csv", roster + "Ulysse Obsidiane,uo@pierres.example,creation,Monteur\n")
    inputs = load_inputs(agency.folder)
    spotter = Spotter(inputs.roster[-1], make_context(inputs, new_vault()))
    assert spotter.candidates(["vu avec Obsi-\ndiane", "rien"]) == [True, False]


def test_files_that_held_the_person_alone_go_and_rules_stay_valid(agency: Agency) -> None:
    agency.ingest()
    assert erase(THEO).exit_code == 0
    transcripts = agency.folder / "inbox" / "transcripts"
    assert not (transcripts / "seul.txt").exists()
    spoken = (transcripts / "groupe.vtt").read_text()
    assert "Je demande à [personne], ou à [personne] par écrit" in spoken
    assert "relance tout le monde" not in spoken
    assert "Graphiste" in (agency.folder / "decisions" / "tasks.csv").read_text()
    held = [file for file in agency.ingest().files if str(file.status) != "loadable"]
    assert held == []


def test_an_old_export_does_not_bring_them_back(agency: Agency) -> None:
    agency.ingest()
    old = {path: path.read_bytes() for path in agency.folder.glob("inbox/*/*") if path.is_file()}
    assert erase(THEO).exit_code == 0
    for path, content in old.items():
        path.with_name(f"ancien_{path.name}").write_bytes(content)
    # The old interviews are nobody's: their rules name other files.
    for path in agency.folder.glob("inbox/transcripts/ancien_*"):
        path.unlink()
    snapshot = agency.ingest()
    kept_out = pl.read_parquet(snapshot.folder / "quarantined_rows.parquet")
    assert kept_out.filter(pl.col("reason") == "erased_person").height >= 4
    in_lake = {fold(text) for path, text in decoded(agency.home.lake)}
    assert not any(fold(THEO.name) in text or THEO.email in text for text in in_lake)


def test_of_two_hundred_people_those_who_leave_leave_no_trace(agency: Agency) -> None:
    agency.ingest()
    leaving = agency.people[3 % ONE_IN :: ONE_IN]
    for someone in leaving:
        assert erase(someone).exit_code == 0
    agency.ingest()
    assert [place for someone in leaving for place in places_of(agency, someone)] == []
    staying = set(agency.people) - set(leaving)
    known = rows_by_person(agency, agency.ingest())
    assert {someone.email for someone in staying} == set(known)


def test_a_dry_run_changes_nothing(agency: Agency) -> None:
    agency.ingest()
    before = {path: path.read_bytes() for path in agency.home.root.rglob("*") if path.is_file()}
    result = erase(THEO, "--dry-run")
    assert result.exit_code == 0
    assert "roster.csv: 1 row removed" in result.output
    after = {p: p.read_bytes() for p in agency.home.root.rglob("*") if p.is_file()}
    assert {p: c for p, c in after.items() if p.parent != agency.home.locks} == before


def test_a_second_request_says_so_and_a_stranger_is_refused(agency: Agency) -> None:
    agency.ingest()
    assert erase(THEO).exit_code == 0
    again = erase(THEO)
    assert again.exit_code == 0 and "erased before" in again.output
    stranger = erase(Someone("Théo", "Lapili"))
    assert stranger.exit_code == 2 and "did you mean" in stranger.output


def published_with(agency: Agency, build_id: str, month: str, quote: str) -> None:
    """A publication of one table with one quote, and its site."""
    build = agency.home.build("mille-pierres", build_id)
    (build / "marts").mkdir(parents=True)
    pl.DataFrame({"quote": [quote]}).write_parquet(build / "marts" / "fct_evidence.parquet")
    fingerprint = marts_fingerprint(build / "marts")
    verdict = {"build_id": build_id, "fingerprint": fingerprint, "is_passed": True}
    (build / "verdict.json").write_text(json.dumps(verdict))
    publish(build, agency.home.published("mille-pierres"), month, build_id, {"inputs": []})
    site = agency.home.sites("mille-pierres") / ".builds" / build_id
    site.mkdir(parents=True)
    (site / "index.html").write_text(quote)
    (site.parents[1] / month).symlink_to(Path(".builds") / build_id)


def test_publications_that_quote_them_are_withdrawn_and_no_others(agency: Agency) -> None:
    agency.ingest()
    published_with(agency, "aaaa", "2026-02", "Je relance trop de monde le lundi")
    published_with(agency, "bbbb", "2026-03", "Rien de ce qui est dit ici ne vient de lui")
    published_with(agency, "cccc", "2026-04", "C'est moi qui relance tout le monde, chaque lundi")
    published = agency.home.published("mille-pierres")
    # As `publish` puts a damaged build aside; one that lost its manifest, and half a table.
    for name in (".damaged-cccc-1", "dddd", "eeee"):
        shutil.copytree(published / ".builds" / "cccc", published / ".builds" / name)
    (published / ".builds" / "dddd" / "manifest.json").unlink()
    table = published / ".builds" / "eeee" / "marts" / "fct_evidence.parquet"
    table.chmod(0o644)
    table.write_bytes(table.read_bytes()[:-9])

    result = erase(THEO, "--no-rebuild")

    assert "2026-04" in result.output
    assert set(published_months(published)) == {"2026-02", "2026-03"}
    assert (published / "current").read_text().strip() == "2026-03"
    builds = {path.name for path in (published / ".builds").iterdir()}
    sites = agency.home.sites("mille-pierres")
    assert builds == {path.name for path in (sites / ".builds").iterdir()} == {"aaaa", "bbbb"}
    assert not (sites / "2026-04").is_symlink()


def test_their_words_are_found_whatever_stands_for_whom_they_name(agency: Agency) -> None:
    agency.ingest()
    published_with(agency, "aaaa", "2026-02", "tout le monde, chaque lundi, et [Studio] le mardi.")
    published_with(agency, "bbbb", "2026-03", "tout le monde, chaque lundi, et [Studio] le jeudi.")
    assert erase(THEO, "--no-rebuild").exit_code == 0
    assert set(published_months(agency.home.published("mille-pierres"))) == {"2026-03"}


def test_where_a_snapshot_is_damaged_every_publication_is_withdrawn(agency: Agency) -> None:
    turns = agency.ingest().folder / "turns.parquet"
    turns.chmod(0o644)
    turns.write_bytes(turns.read_bytes()[:-9])
    published_with(agency, "bbbb", "2026-03", "Rien de ce qui est dit ici ne vient de lui")
    assert erase(THEO, "--no-rebuild").exit_code == 0
    assert published_months(agency.home.published("mille-pierres")) == {}


def test_answers_of_the_llm_that_hold_their_words_are_forgotten(agency: Agency) -> None:
    agency.ingest()
    cache = Cache(agency.home.llm_cache / "mille-pierres")
    cache.write(
        {
            "a": {"facts": [{"quote": "C'est moi qui relance tout le monde, chaque lundi"}]},
            "b": {"facts": [{"quote": "Combien d'heures par semaine, à peu près ?"}]},
        }
    )
    cache.close()
    assert erase(THEO).exit_code == 0
    stored = b"".join(p.read_bytes() for p in agency.home.llm_cache.rglob("*") if p.is_file())
    assert b"relance tout le monde" not in stored
    assert Cache(agency.home.llm_cache / "mille-pierres").read(["b"])


@pytest.mark.parametrize("call", range(4))
def test_an_erasure_cut_short_is_finished_by_the_same_command(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    """Each write of the erasure may be its last."""
    from ingestion import atomic

    agency.ingest()
    written = 0
    original = atomic.write_bytes

    def dying(path: Path, content: bytes, mode: int = 0o644) -> None:
        nonlocal written
        if written == call * 3:
            raise KeyboardInterrupt
        written += 1
        original(path, content, mode)

    with monkeypatch.context() as patch:
        patch.setattr(atomic, "write_bytes", dying)
        erase(THEO)
    assert erase(THEO).exit_code == 0
    assert places_of(agency, THEO) == []
