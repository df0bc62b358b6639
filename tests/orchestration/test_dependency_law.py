"""Who may import whom; the import linter says the same, this says it of every line."""

import ast
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGES = {"ingestion", "llm_enrichment", "quality", "reports", "demo", "orchestration"}
ORCHESTRATION_ONLY = {"dagster", "dagster_dbt", "dbt"}


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("package", sorted(PACKAGES - {"orchestration"}))
def test_packages_know_neither_one_another_nor_dagster(package: str) -> None:
    files = [p for p in (REPOSITORY / package).rglob("*.py") if "node_modules" not in p.parts]
    assert files
    for path in files:
        forbidden = imports_of(path) & ((PACKAGES - {package}) | ORCHESTRATION_ONLY)
        assert not forbidden, f"{path.relative_to(REPOSITORY)} imports {sorted(forbidden)}"


@pytest.mark.parametrize("package", sorted(PACKAGES - {"orchestration"}))
def test_only_orchestration_reads_the_environment(package: str) -> None:
    for path in (REPOSITORY / package).rglob("*.py"):
        if "node_modules" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert "os.environ" not in text and "os.getenv" not in text, path.relative_to(REPOSITORY)
