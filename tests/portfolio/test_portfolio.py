"""The portfolio over invented publications: who is in it, what it shows, what it must not show."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.scaffold import new_engagement
from orchestration.dbt_manifest import manifest_json
from orchestration.paths import Home
from orchestration.portfolio import (
    figures,
    is_published,
    plan,
    publish,
    published_columns,
    suggested_ranges,
    transform,
    written,
)
from orchestration.progress import Progress
from orchestration.warehouse import open_published, run_dbt
from reports.marts import export_marts, marts_fingerprint
from reports.publication import publish as publish_marts

NAMES = ("granit", "basalte", "gneiss", "marbre", "schiste", "quartz", "silex", "ardoise")
CURRENCY = "CHF"


def share(
    home: Home, number: int, *, client: str = "", shares: bool = True, month: str = "2026-09"
) -> str:
    """Publish agency `number`: 10 × number hours of production, half of its plan realised."""
    name = NAMES[number]
    folder = home.engagement(name)
    if not folder.is_dir():
        new_engagement(folder, name)
    config = folder / "engagement.yaml"
    told = "\nshare_benchmarks: true\n" if shares else "\nshare_benchmarks: false\n"
    text = config.read_text().replace("# share_benchmarks", "# was").split("\nshare_benchmarks")[0]
    config.write_text(text + told)
    warehouse = home.root / "made" / name / month / "warehouse.duckdb"
    warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts")
        for table, sql in marts_of(name, client or f"Agence {name.title()}", number, month).items():
            connection.execute(f"create table marts.{table} as {sql}")
    build = warehouse.parent
    export_marts(warehouse, build / "marts")
    build_id = f"{name}{month}"
    verdict = {"build_id": build_id, "is_passed": True}
    verdict["fingerprint"] = marts_fingerprint(build / "marts")
    (build / "verdict.json").write_text(json.dumps(verdict))
    publish_marts(build, home.published(name), month, build_id, {})
    return name


def marts_of(name: str, client: str, number: int, month: str) -> dict[str, str]:
    hours = 10.0 * (number + 1)
    return {
        "dim_engagements": f"select '{name}' engagement_id, '{client}' client,"
        f" '{CURRENCY}' currency, date '{month}-01' as_of_month",
        "dim_teams": f"select '{name}' engagement_id, 's' team_id, 10.0::double headcount,"
        " true is_covered",
        "dim_tasks": f"select '{name}' engagement_id, * from (values ('x', 'Production'),"
        " ('y', 'strategy'), ('z', null)) t(task_id, category)"
        + (" where task_id <> 'y'" if number > 3 else ""),
        "fct_baseline": f"select '{name}' engagement_id, 's' team_id, *, {hours}::double"
        " calibrated_weekly_hours from (values ('x'), ('y'), ('other_tasks')) t(task_id)",
        "fct_assumptions": f"select '{name}' engagement_id, null::varchar team_id,"
        f" null::varchar task_id, true is_varied, * from (values"
        f" ('conversion_rate', {number + 1} / 10.0::double, 'share', 'client'),"
        f" ('seat_price', {hours}::double, 'currency/month', 'client'),"
        " ('cash_share', 0.5::double, 'share', 'default'),"
        " ('gain', 0.4::double, 'share', 'client')) t(assumption, base, unit, set_by)",
        "fct_forecast_vs_realised": f"select '{name}' engagement_id, date '2026-08-01' month_on,"
        " 100.0::double forecast_hours, 50.0::double realised_hours, 0.0::double proven_hours",
        # An older publication: the column expected_saving is not there yet.
        "fct_impact_effects": f"select '{name}' engagement_id, 'all' intervention_id,"
        " 0.1::double saving" + ("" if number == 0 else ", 0.2::double expected_saving"),
    }


def refresh(home: Home) -> dict[str, list[dict[str, Any]]]:
    planned = plan(home)
    failed = [r.name for r in transform(home, planned, Progress()) if r.has_failed]
    assert failed == []
    publish(home, planned, Progress())
    assert is_published(home, planned)
    return figures(home)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    yield Home(tmp_path / "home")


def test_five_agencies_make_figures_and_a_leaver_takes_them_away(home: Home) -> None:
    for number in range(5):
        share(home, number)
    found = refresh(home)
    hours = {(r["category"], r["measure"]): r for r in found["fct_benchmark_hours"]}
    # 10, 20, 30, 40, 50 hours of ten people; strategy has four agencies only.
    assert {category for category, _ in hours} == {"production"}
    per_head = hours["production", "weekly_hours_per_head"]
    assert (per_head["low"], per_head["median"], per_head["high"]) == (2, 3, 4)
    assert hours["production", "hours_share"]["median"] == 0.33
    gains = {r["measure"]: r for r in found["fct_benchmark_gains"]}
    assert gains["realised_share"]["median"] == 0.5
    assert gains["proven_share"]["median"] == 0
    assert "expected_saving" not in gains  # four publications know it
    ranges = suggested_ranges(home, CURRENCY)
    assert set(ranges) == {"conversion_rate", "seat_price", "gain"}
    assert ranges["gain"]["base"] == 0.2  # 0.4 planned, half of it realised
    assert set(suggested_ranges(home, "EUR")) == {"conversion_rate", "gain"}
    assert nothing_tells_who(home)

    build = (home.portfolio / "current").resolve()
    manifest = (build / "manifest.json").read_bytes()
    assert refresh(home) == found
    assert (home.portfolio / "current").resolve() == build
    assert (build / "manifest.json").read_bytes() == manifest
    assert not list((home.work / "portfolio").glob("*"))

    share(home, 4, shares=False, month="2026-10")
    assert not any(refresh(home).values())
    assert suggested_ranges(home, CURRENCY) == {}


def test_only_published_months_of_who_opted_in_are_read(home: Home) -> None:
    for number in range(5):
        share(home, number)
    share(home, 5, shares=False)
    assert {folder.parents[1].name for folder in plan(home).publications} == set(NAMES[:5])
    damaged = home.published(NAMES[0]) / "2026-09" / "marts" / "dim_tasks.parquet"
    damaged.chmod(0o644)
    damaged.write_bytes(b"PAR1")
    (home.engagement(NAMES[1]) / "engagement.yaml").write_text("no: config\n")
    assert {folder.parents[1].name for folder in plan(home).publications} == set(NAMES[2:5])


def test_the_command_runs_it_through_dagster_and_a_new_config_offers_the_ranges(
    home: Home,
) -> None:
    for number in range(5):
        share(home, number)
    told = json.loads(jalon(home, "portfolio", "--json"))
    assert {row["assumption"] for row in told["fct_benchmark_assumptions"]} >= {"conversion_rate"}
    assert "production weekly_hours_per_head" in jalon(home, "portfolio")
    jalon(home, "new", "silex")
    config = home.engagement("silex") / "engagement.yaml"
    line = written("conversion_rate", suggested_ranges(home, None)["conversion_rate"])
    assert f"#   {line}\n" in config.read_text()
    assert line in jalon(home, "check", "silex")
    config.write_text(config.read_text().replace("# assumptions:", f"assumptions:\n  {line}\n#"))
    checked = json.loads(jalon(home, "check", "silex", "--json"))
    assert "conversion_rate" not in checked["suggested"] and "gain" in checked["suggested"]


def test_every_unit_test_of_its_models_passes(home: Home) -> None:
    warehouse = home.work / "warehouse.duckdb"
    open_published(warehouse, [], published_columns(manifest_json(home)))
    only = ["--select", "tag:portfolio", "--quiet"]
    results = run_dbt(warehouse, ["build", *only])
    unit_tests = [result for result in results if result.unique_id.startswith("unit_test.")]
    assert len(unit_tests) >= 5
    assert not [f"{r.name}: {r.message}" for r in results if r.status not in ("success", "pass")]


def nothing_tells_who(home: Home) -> bool:
    """Whether no file of the portfolio names an agency or an engagement."""
    build = (home.portfolio / "current").resolve()
    files = [path for path in build.rglob("*") if path.is_file()]
    assert files
    return not any(name.encode() in path.read_bytes().lower() for path in files for name in NAMES)


def jalon(home: Home, *arguments: str) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("jalon")), *arguments],
        env={"JALON_HOME": str(home.root), "PATH": "/usr/bin:/bin", "HOME": str(home.root)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
