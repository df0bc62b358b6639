"""What dbt does once for a version of the code, so that no build waits for it.

dbt builds the project on empty tables; the SQL that it ran is kept, and every build runs that
(docs/decisions/0013). `python -m orchestration.prepare` does it ahead, for every JALON_HOME, and
installation runs it; where that was not done, the first build does it for its own.
Does not belong here: running the SQL (statements), parsing the project (dbt_manifest).
"""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ingestion import atomic
from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from orchestration import logs
from orchestration.code_version import code_version
from orchestration.dbt_manifest import load_manifest, parsed_project, project_hash
from orchestration.locks import exclusive
from orchestration.paths import PREPARED, Home
from orchestration.statements import Statement, keep_statements, kept_statements
from orchestration.warehouse import BuildInputs, WarehouseError, build_warehouse


def prepared_statements(home: Home) -> Sequence[Statement]:
    """The SQL of every seed, model and data test, in an order in which it can run.

    Raises:
        WarehouseError: where dbt cannot build the project, or a data test fails without any rows.
    """
    ahead, own = PREPARED.statements / code_version(), home.statements / code_version()
    if found := kept_statements(ahead) or kept_statements(own):
        return found
    with exclusive(home.locks / "statements"):
        if not kept_statements(own):
            _keep_into(own, home)
    return kept_statements(own)


def _keep_into(folder: Path, home: Home) -> None:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        raw, enrichment = scratch / "raw", scratch / "enrichment"
        _write_empty(raw, RAW_TABLES)
        _write_empty(enrichment, ENRICHMENT_TABLES)
        inputs = BuildInputs(raw, enrichment, "nobody", date(2000, 1, 31), "none")
        results = build_warehouse(scratch / "warehouse.duckdb", inputs, load_manifest(home))
        if failed := [result.name for result in results if result.has_failed]:
            raise WarehouseError(f"on tables without rows these tests fail: {', '.join(failed)}")
        keep_statements(folder, scratch, results)


def _write_empty(folder: Path, tables: Mapping[str, pa.Schema]) -> None:
    folder.mkdir()
    for name, schema in tables.items():
        pq.write_table(schema.empty_table(), folder / f"{name}.parquet")


def prepare() -> None:
    """Parse the project and keep its SQL beside the installed packages; older ones go."""
    if not kept_statements(PREPARED.statements / code_version()):
        logs.write("having dbt build the models once, on empty tables: half a minute")
    parsed_project(PREPARED)
    prepared_statements(PREPARED)
    for parent, current in (
        (PREPARED.parsed, project_hash()),
        (PREPARED.statements, code_version()),
    ):
        for folder in parent.iterdir():
            if folder.name != current:
                atomic.remove_folder(folder)


if __name__ == "__main__":
    prepare()
