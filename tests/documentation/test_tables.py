"""What dbt's documentation promises of the tables: grain, columns, keys, exposures."""

import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from orchestration.paths import REPOSITORY
from tests.documentation.interface import MARTS

PAGES = REPOSITORY / "reports" / "evidence" / "pages"
Manifest = dict[str, Any]


def models(manifest: Manifest, schema: str | None = None) -> list[dict[str, Any]]:
    """Models of the project, of one schema or all."""
    return [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and schema in (None, node["schema"])
    ]


def test_every_mart_of_the_interface_is_published_with_its_columns(demo_home: Path) -> None:
    published = demo_home / "published" / "belle-ardoise"
    marts = published / (published / "current").read_text(encoding="utf-8").strip() / "marts"
    there = {path.stem: set(pq.read_schema(path).names) for path in marts.glob("*.parquet")}
    missing = {
        table: sorted(set(columns) - there.get(table, set())) for table, columns in MARTS.items()
    }
    assert {table: columns for table, columns in missing.items() if columns} == {}


def test_marts_have_contracts_keys_and_a_meaning_for_each_column(manifest: Manifest) -> None:
    tested = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test" and "unique" in node["name"]
    }
    for node in models(manifest, "marts"):
        assert node["description"].startswith("One row per "), node["name"]
        assert node["contract"]["enforced"], node["name"]
        assert node["unique_id"] in tested, f"{node['name']} has no test of its key"
        for column in node["columns"].values():
            assert column["description"].strip(), f"{node['name']}.{column['name']}"
            assert column["data_type"], f"{node['name']}.{column['name']}"


def test_every_model_says_its_grain(manifest: Manifest) -> None:
    silent = [n["name"] for n in models(manifest) if not n["description"].startswith("One row per")]
    assert silent == []


def test_each_page_of_the_report_is_an_exposure_of_the_marts_that_it_reads(
    manifest: Manifest,
) -> None:
    exposures = {
        exposure["name"]: {uid.rsplit(".", 1)[1] for uid in exposure["depends_on"]["nodes"]}
        for exposure in manifest["exposures"].values()
    }
    names = {"index": "answer", "tasks/index": "tasks", "tasks/[task]": "task"}
    read = {}
    for page in PAGES.rglob("*.md"):
        stem = page.relative_to(PAGES).with_suffix("").as_posix()
        name = "report_" + names.get(stem, stem).replace("-", "_")
        marts = set(re.findall(r"marts\.([a-z_]+)", page.read_text(encoding="utf-8")))
        read[name] = marts - {"fct_quality_results"}  # made by the gate, not by dbt
    assert read == exposures


@pytest.mark.parametrize("folder", ["intermediate/funnel", "intermediate/roi", "marts/roi"])
def test_formulas_have_worked_examples(manifest: Manifest, folder: str) -> None:
    """Where the money is made, most models have a unit test; none of these folders is bare."""
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    here = [n["name"] for n in models(manifest) if f"models/{folder}/" in n["original_file_path"]]
    assert here
    assert len(tested & set(here)) * 2 >= len(here), sorted(set(here) - tested)
