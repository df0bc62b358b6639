"""The parsed dbt project, for reading."""

from pathlib import Path
from typing import Any

import pytest

from orchestration.dbt_manifest import manifest_json
from orchestration.paths import Home


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """dbt's manifest."""
    folder: Path = tmp_path_factory.mktemp("manifest")
    return manifest_json(Home(folder))
