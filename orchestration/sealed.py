"""Folders that remember the hashes of their files, so that damage is noticed and made good.

For what can be made anew at any time; does not belong here: making it.
"""

import json
from pathlib import Path

from reports.marts import file_hash

_SEAL = "hashes.json"


def seal(folder: Path) -> None:
    """Write the hashes of the files in `folder` beside them; the last thing that is written."""
    hashes = {path.name: file_hash(path) for path in sorted(folder.iterdir()) if path.is_file()}
    (folder / _SEAL).write_text(json.dumps(hashes), encoding="utf-8")


def is_sound(folder: Path) -> bool:
    """Whether each file is there as it was when `folder` was sealed; false where it never was."""
    try:
        hashes = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
        return all(file_hash(folder / name) == value for name, value in hashes.items())
    except (OSError, ValueError, AttributeError):
        return False
