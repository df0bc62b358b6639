"""What `jalon diff` tells of two publications, on tables of a few rows."""

from pathlib import Path

import duckdb
import pytest

from orchestration.diff import Change, causes, changed_figures

MANIFEST = {
    "month": "2026-04", "code_version": "c", "snapshot_id": "s", "enrichment_id": "e",
    "inputs": [{"sha256": "1", "source_file": "forms/1.csv"}],
    "decisions": {"assumptions": "a", "decision_tags": "t"},
}  # fmt: skip


def publication(folder: Path, **tables: str) -> Path:
    (folder / "marts").mkdir(parents=True)
    for name, rows in tables.items():
        duckdb.sql(f"from (values {rows}) as t (engagement_id, id, hours)").write_parquet(
            str(folder / "marts" / f"{name}.parquet")
        )
    return folder


def test_rows_and_figures_that_differ_beyond_the_tolerance(tmp_path: Path) -> None:
    before = publication(
        tmp_path / "a", fct_alpha="('e', 'x', 1e0), ('e', 'y', 2e0)", fct_matrix="('e', 'x', 5e0)"
    )
    after = publication(
        tmp_path / "b",
        fct_alpha="('e', 'x', 1.00000000001e0), ('e', 'z', 3e0)",
        fct_matrix="('e', 'x', 6e0)",
    )
    assert changed_figures(before, after) == [
        Change("fct_matrix.hours[id=x]", 5.0, 6.0),
        Change("fct_alpha[id=y]", "row", "no row"),
        Change("fct_alpha[id=z]", "no row", "row"),
    ]


def test_rows_of_two_months_are_the_same_rows(tmp_path: Path) -> None:
    folders = []
    for month, hours in (("2026-04-01", 1), ("2026-05-01", 2)):
        folders.append(tmp_path / month)
        (folders[-1] / "marts").mkdir(parents=True)
        duckdb.sql(
            f"select 'e' as engagement_id, date '{month}' as as_of_month, 'x' as id,"
            f" {hours}::double as hours"
        ).write_parquet(str(folders[-1] / "marts" / "fct_alpha.parquet"))
    assert changed_figures(*folders) == [Change("fct_alpha.hours[id=x]", 1.0, 2.0)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, ["the same inputs, decisions and code"]),
        ({"month": "2026-05"}, ["as of 2026-04 against 2026-05"]),
        ({"code_version": "d"}, ["code c against d"]),
        (
            {"inputs": [{"sha256": "2", "source_file": "forms/2.csv"}]},
            ["input file gone: forms/1.csv", "input file new: forms/2.csv"],
        ),
        (
            {"snapshot_id": "n", "decisions": {"assumptions": "b", "decision_tags": "t"}},
            ["config or decisions changed: assumptions"],
        ),
        ({"snapshot_id": "n"}, ["roster or sources changed"]),
        ({"enrichment_id": "n"}, ["tags, matches or facts changed"]),
    ],
)
def test_causes_are_named(change: dict[str, object], told: list[str]) -> None:
    assert causes(MANIFEST, MANIFEST | change) == told
