"""Metrics asked of MetricFlow are the sums that SQL over the marts gives."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest


def jalon(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("jalon")), "metrics", "belle-ardoise", *arguments]
    environment = {**os.environ, "JALON_HOME": str(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def marts(home: Path, sql: str) -> list[tuple[object, ...]]:
    published = home / "published" / "belle-ardoise"
    month = (published / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(published / month / "marts.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_hours_freed_by_team_and_month(demo_home: Path) -> None:
    told = jalon(demo_home, "hours_freed", "--by", "team,metric_time__month", "--json")
    assert told.returncode == 0, told.stderr
    got = {
        (row["team"], row["metric_time__month"][:10]): float(row["hours_freed"])
        for row in json.loads(told.stdout)
        if row["hours_freed"]
    }
    expected = marts(
        demo_home,
        "select team_id, cast(month_on as varchar), sum(net_hours) from fct_hours_funnel"
        " where net_hours is not null group by all",
    )
    assert len(expected) > 100
    assert got == pytest.approx({(team, on): hours for team, on, hours in expected})


def test_human_value_share_and_a_wrong_name(demo_home: Path) -> None:
    told = jalon(demo_home, "human_value_share", "--json")
    ((share,),) = marts(
        demo_home,
        "select sum(calibrated_weekly_hours) filter (where nature = 'human_value')"
        " / sum(calibrated_weekly_hours) from fct_baseline left join dim_tasks using (task_id)",
    )
    (row,) = json.loads(told.stdout)
    assert float(row["human_value_share"]) == pytest.approx(share)
    wrong = jalon(demo_home, "hours_fred")
    assert wrong.returncode == 2
    assert "hours_freed" in wrong.stderr and "Traceback" not in wrong.stderr
    assert "hours_freed" in jalon(demo_home).stdout
