"""One hash that names the code which decides published values."""

import hashlib
from functools import cache
from pathlib import Path

import duckdb

from orchestration.dbt_manifest import project_hash
from orchestration.paths import REPOSITORY

_PACKAGES = ("ingestion", "llm_enrichment", "quality", "reports", "orchestration")
_SUFFIXES = {".py", ".sql", ".yml", ".yaml", ".csv", ".json", ".npz", ".md"}
_NOT_CODE = {"node_modules", "__pycache__", "evidence"}


@cache
def code_version() -> str:
    """Hash over the packages, the dbt project, the locked requirements and DuckDB's version."""
    digest = hashlib.sha256(f"{project_hash()} duckdb {duckdb.__version__}".encode())
    digest.update((REPOSITORY / "requirements.txt").read_bytes())
    for package in _PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*")):
            if _is_code(path):
                digest.update(f"{path.relative_to(REPOSITORY)}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_code(path: Path) -> bool:
    return path.suffix in _SUFFIXES and not _NOT_CODE & set(path.parts) and path.is_file()
