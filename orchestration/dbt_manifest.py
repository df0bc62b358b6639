"""dbt's parsed project, parsed once per version of `dbt_project/` and shared by every build."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestration.locks import exclusive
from orchestration.paths import DBT_PROJECT, PREPARED, Home
from orchestration.sealed import is_sound, seal
from orchestration.warehouse import run_dbt

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest

_WRITTEN_BY_DBT = {"target", "logs", "dbt_packages"}


def project_hash() -> str:
    """Hash of all files of the dbt project, names included."""
    digest = hashlib.sha256()
    for path in sorted(DBT_PROJECT.rglob("*")):
        relative = path.relative_to(DBT_PROJECT)
        if path.is_file() and relative.parts[0] not in _WRITTEN_BY_DBT and path.name != ".user.yml":
            digest.update(f"{relative}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def parsed_project(home: Home) -> Path:
    """The folder with `manifest.json` and dbt's own parse: of the installation or of `home`, where
    the project is parsed if it was not, or not soundly."""
    ahead, folder = PREPARED.parsed / project_hash(), home.parsed / project_hash()
    if is_sound(ahead):
        return ahead
    if not is_sound(folder):
        with exclusive(home.locks / "dbt-parse"):
            if not is_sound(folder):
                _parse_into(folder)
    return folder


def manifest_json(home: Home) -> dict[str, Any]:
    """The manifest as JSON, for asset specifications."""
    path = parsed_project(home) / "manifest.json"
    manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def load_manifest(home: Home) -> "Manifest":
    """The manifest for dbtRunner; where another version of dbt wrote it, it is made anew."""
    from dbt.contracts.graph.manifest import Manifest

    folder = parsed_project(home)
    try:
        manifest = Manifest.from_msgpack((folder / "partial_parse.msgpack").read_bytes())
    except Exception:  # noqa: BLE001  msgpack and mashumaro have many ways to say "unknown"
        shutil.rmtree(folder)
        folder = parsed_project(home)
        manifest = Manifest.from_msgpack((folder / "partial_parse.msgpack").read_bytes())
    manifest.build_flat_graph()
    return manifest


def _parse_into(folder: Path) -> None:
    temporary = folder.with_name(folder.name + ".parsing")
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir(parents=True)
    run_dbt(temporary / "warehouse.duckdb", ["parse", "--quiet"], target=temporary)
    seal(temporary)
    shutil.rmtree(folder, ignore_errors=True)
    temporary.rename(folder)
