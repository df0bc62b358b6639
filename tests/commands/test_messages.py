"""What a user can cause ends with one clear message and the exit code of interface.md."""

import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from orchestration.cli import app

CONFIG = """\
engagement: les-cailloux
client: Les Cailloux (fictif)
language: fr
timezone: Europe/Paris
currency: EUR
priority: margin
calendar:
  baseline: {start: 2026-01-01, end: 2026-03-31}
  programme_start: 2026-04
teams:
  creation: {name: Création, headcount: 1, hourly_cost: 40}
"""
ROSTER = "name,email,team,role\nPaul Mica,paul.mica@cailloux.example,creation,Graphiste\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A JALON_HOME with one small engagement."""
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    folder = tmp_path / "engagements" / "les-cailloux"
    folder.mkdir(parents=True)
    (folder / "engagement.yaml").write_text(CONFIG, encoding="utf-8")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def jalon(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def inbox(home: Path, kind: str, name: str, text: str) -> None:
    folder = home / "engagements" / "les-cailloux" / "inbox" / kind
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_an_unknown_engagement_names_the_known_ones(home: Path) -> None:
    result = jalon("run", "les-galets")
    assert result.exit_code == 2
    assert "les-cailloux" in result.output and "jalon new les-galets" in result.output


@pytest.mark.parametrize("name", ["../engagements/les-cailloux", "..", "les-cailloux/", "lien"])
@pytest.mark.parametrize("command", ["run", "check", "verify", "explain", "erase"])
def test_no_name_leads_into_another_engagement(home: Path, command: str, name: str) -> None:
    (home / "engagements" / "lien").symlink_to(home / "engagements" / "les-cailloux")
    more = {"explain": ["x.y[]"], "erase": ["--person", "paul.mica@cailloux.example"]}
    result = jalon(command, name, *more.get(command, []))
    assert result.exit_code == 2
    assert "is no engagement" in result.output
    assert not (home / "lake").exists()


def test_status_warns_when_the_retention_ends(home: Path) -> None:
    path = home / "engagements" / "les-cailloux" / "engagement.yaml"
    path.write_text(CONFIG + "privacy: {retain_until: 2026-04-30}\n", encoding="utf-8")
    assert "longer than privacy.retain_until allows" in jalon("status").output


@pytest.mark.parametrize("month", ["2026-13", "mars", "2026-1"])
def test_a_wrong_month_is_wrong_input(home: Path, month: str) -> None:
    result = jalon("run", "les-cailloux", "--month", month)
    assert result.exit_code == 2
    assert "YYYY-MM" in result.output


@pytest.mark.parametrize("month", ["2019-12", "2999-01"])
def test_a_month_that_cannot_be_built_says_which_can(home: Path, month: str) -> None:
    result = jalon("run", "les-cailloux", "--month", month)
    assert result.exit_code == 2
    assert f"2020-01 to {date.today():%Y-%m}" in " ".join(result.output.split())


def test_a_folder_named_otherwise_than_its_engagement_is_refused(home: Path) -> None:
    path = home / "engagements" / "les-cailloux" / "engagement.yaml"
    path.write_text(CONFIG.replace("les-cailloux", "les-galets"), encoding="utf-8")
    for command in ("check", "run"):
        result = jalon(command, "les-cailloux")
        assert result.exit_code == 2
        assert "write `engagement: les-cailloux`" in " ".join(result.output.split())
    assert not (home / "lake" / "les-galets").exists()


def test_check_says_that_the_priority_is_missing(home: Path) -> None:
    assert "no `priority:`" not in jalon("check", "les-cailloux").output
    path = home / "engagements" / "les-cailloux" / "engagement.yaml"
    path.write_text(CONFIG.replace("priority: margin\n", ""), encoding="utf-8")
    assert "no `priority:`" in jalon("check", "les-cailloux").output


@pytest.mark.parametrize("approver", ["Paul Mica", "paul mica", "paul.mica@cailloux.example"])
def test_a_freeze_is_approved_by_a_role(home: Path, approver: str) -> None:
    result = jalon("freeze", "les-cailloux", "--approver", approver, "--yes")
    assert result.exit_code == 2
    assert "write the role" in " ".join(result.output.split())


def test_a_wrong_config_key_names_the_nearest(home: Path) -> None:
    path = home / "engagements" / "les-cailloux" / "engagement.yaml"
    path.write_text(CONFIG + "curency: EUR\n", encoding="utf-8")
    for command in ("check", "run"):
        result = jalon(command, "les-cailloux")
        assert result.exit_code == 2
        assert "curency" in result.output and "currency" in result.output


def test_one_engagement_or_all_but_not_both_and_not_neither(home: Path) -> None:
    assert jalon("run").exit_code == 2
    assert jalon("run", "les-cailloux", "--all").exit_code == 2


def test_check_tells_of_bad_files_and_changes_nothing(home: Path) -> None:
    inbox(home, "timesheets", "vide.csv", "")
    inbox(home, "timesheets", "inconnu.csv", "a,b\n1,2\n")
    inbox(
        home, "timesheets", "toggl.csv",
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,"
        "End time,Duration,Tags\n"
        "Paul Mica,paul.mica@cailloux.example,C,P,Retouche,,No,2026-01-05,09:00:00,2026-01-05,"
        "12:00:00,03:00:00,\n"
        "Jo Marbre,jo.marbre@cailloux.example,C,P,Retouche,,No,2026-01-05,09:00:00,2026-01-05,"
        "12:00:00,03:00:00,\n"
        "Paul Mica,paul.mica@cailloux.example,C,P,Retouche,,No,2026-01-06,00:00:00,2026-01-07,"
        "06:00:00,30:00:00,\n",
    )  # fmt: skip
    before = sorted(p for p in home.rglob("*"))
    result = jalon("check", "les-cailloux", "--json")
    assert result.exit_code == 0
    assert sorted(p for p in home.rglob("*")) == before
    import json

    files = {Path(f["path"]).name: f for f in json.loads(result.stdout)["files"]}
    assert files["vide.csv"]["status"] == "refused" and "empty" in files["vide.csv"]["reason"]
    assert files["inconnu.csv"]["status"] == "held" and files["inconnu.csv"]["reason"]
    toggl = files["toggl.csv"]
    assert (toggl["tool"], toggl["rows_loaded"], toggl["rows_quarantined"]) == ("toggl", 1, 2)
    assert set(toggl["reasons"]) >= {"unknown_person"}
    told = toggl["rows_loaded"] + toggl["rows_quarantined"] + toggl["rows_declared_non_data"]
    assert toggl["rows_in"] == told


def test_new_makes_a_folder_that_check_accepts(home: Path) -> None:
    assert jalon("new", "les-galets").exit_code == 0
    assert (home / "engagements" / "les-galets" / "engagement.yaml").is_file()
    assert jalon("check", "les-galets").exit_code == 0
    assert jalon("new", "les-galets").exit_code == 2
    assert jalon("new", "Les Galets").exit_code == 2


def test_tag_keeps_rows_and_order(home: Path) -> None:
    source = home / "tasks.csv"
    source.write_text("id,task_text\n1,Relire un texte\n2,\n3,Renommer les fichiers\n", "utf-8")
    target = home / "tagged.csv"
    assert jalon("tag", str(source), "--out", str(target)).exit_code == 0
    lines = target.read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in lines] == ["id", "1", "2", "3"]
    source.write_text("id,text\n1,x\n", "utf-8")
    result = jalon("tag", str(source))
    assert result.exit_code == 2 and "task_text" in result.output


def test_tag_asks_the_configured_provider(home: Path) -> None:
    source, target = home / "tasks.csv", home / "tagged.csv"
    source.write_text("task_text\nRenommer les fichiers\n", "utf-8")
    assert jalon("new", "les-galets").exit_code == 0
    config = home / "engagements" / "les-galets" / "engagement.yaml"
    llm = "llm: {model: m, base_url: 'http://127.0.0.1:9/v1', mode: replay}\n"
    config.write_text(config.read_text("utf-8") + llm, "utf-8")
    result = jalon("tag", str(source), "--out", str(target))
    assert result.exit_code == 2 and "replay" in result.output and "les-galets" in result.output
    assert jalon("tag", str(source), "--out", str(target), "--offline").exit_code == 0
    assert jalon("new", "les-silex").exit_code == 0
    other = home / "engagements" / "les-silex"
    inside = other / "tasks.csv"
    inside.write_bytes(source.read_bytes())
    assert jalon("tag", str(inside), "--out", str(target)).exit_code == 0
    (other / "engagement.yaml").write_text(
        (other / "engagement.yaml").read_text("utf-8") + llm, "utf-8"
    )
    result = jalon("tag", str(source), "--out", str(target))
    assert result.exit_code == 0 and "--engagement" in result.output


def test_figures_of_what_is_not_published_say_so(home: Path) -> None:
    for arguments in (
        ("explain", "les-cailloux", "fct_roi_scenarios.npv_p50[scenario=margin]"),
        ("freeze", "les-cailloux"),
        ("diff", "les-cailloux", "2026-01", "2026-02"),
        ("rollback", "les-cailloux", "2026-01"),
    ):
        result = jalon(*arguments)
        assert result.exit_code == 2
        assert re.search("not published|no publication", " ".join(result.output.split()))
