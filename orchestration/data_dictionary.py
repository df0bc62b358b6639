"""`make docs`: dbt's documentation of every table and column, as one file that needs no server.

Run as `python -m orchestration.data_dictionary`. Types are read from a warehouse that dbt fills
without any row, so that no engagement is opened. Does not belong here: what a column means, which
stands beside its model in dbt_project.
"""

import tempfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from ingestion.atomic import write_bytes
from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from orchestration.commands.console import plain_errors, say, show
from orchestration.dbt_manifest import load_manifest, manifest_json
from orchestration.paths import Home
from orchestration.portfolio import published_columns
from orchestration.warehouse import (
    BuildInputs,
    WarehouseError,
    open_inputs,
    open_published,
    run_dbt,
)

_WRITTEN_BY_DBT = "static_index.html"


def main() -> None:
    """Write the data dictionary to `JALON_HOME/docs/index.html` and say where it is."""
    with plain_errors():
        show(str(write_data_dictionary(Home.from_environment())))


def write_data_dictionary(home: Home) -> Path:
    """Generate dbt's static documentation.

    Returns:
        `docs/index.html` below `home`, replaced at once.

    Raises:
        WarehouseError: where dbt or a model broke.
    """
    with tempfile.TemporaryDirectory(prefix="jalon-docs-") as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        _open_without_rows(warehouse)
        open_published(warehouse, [], published_columns(manifest_json(home)))
        manifest = load_manifest(home)
        say("building every table without rows")
        only = ["--resource-type=seed", "--resource-type=model"]
        results = run_dbt(warehouse, ["build", *only, "--quiet"], manifest)
        if broken := [result.name for result in results if result.has_failed]:
            raise WarehouseError(f"these models do not run: {', '.join(broken)}")
        say("writing the documentation")
        run_dbt(warehouse, ["docs", "generate", "--static", "--quiet"])
        written = (warehouse.parent / "target" / _WRITTEN_BY_DBT).read_bytes()
    index = home.root / "docs" / "index.html"
    write_bytes(index, written)
    return index


def _open_without_rows(warehouse: Path) -> None:
    inputs = warehouse.parent / "inputs"
    inputs.mkdir()
    for table, schema in (RAW_TABLES | ENRICHMENT_TABLES).items():
        pq.write_table(schema.empty_table(), inputs / f"{table}.parquet")
    open_inputs(warehouse, BuildInputs(inputs, inputs, "none", date(2000, 1, 31), "none"))


if __name__ == "__main__":
    main()
