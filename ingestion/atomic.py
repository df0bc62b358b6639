"""Write files so that a crash leaves the old one or the new one, never half of one.

Belongs here: temporary name, fsync, rename. Does not belong here: what is written.
"""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

_TEMPORARY = ".tmp-"


def write_bytes(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Replace `path` by `content`, durable when this returns; mode holds from the first byte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{_TEMPORARY}{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_folder(path: Path, fill: Callable[[Path], None], is_durable: bool = True) -> None:
    """Make the folder `path` appear whole, filled by `fill`; one that is there meanwhile stays.

    Args:
        path: the folder.
        fill: writes its files.
        is_durable: whether it outlives a power cut once this returns. A cache need not: whoever
            reads it notices damage, and dozens of waits for the disk are saved.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{_TEMPORARY}{path.name}-{secrets.token_hex(8)}")
    temporary.mkdir()
    try:
        fill(temporary)
        if is_durable:
            for file in sorted(temporary.iterdir()):
                with file.open("rb") as handle:
                    os.fsync(handle.fileno())
            sync_folder(temporary)
        if not path.exists():
            try:
                temporary.rename(path)
            except OSError:
                # Another run of the same content was quicker: its folder is as good.
                if not path.is_dir():
                    raise
        if is_durable:
            sync_folder(path.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def remove_folder(folder: Path) -> None:
    """Remove a folder in one step for readers: renamed first, then deleted."""
    doomed = folder.with_name(f"{_TEMPORARY}{folder.name}-{secrets.token_hex(8)}")
    if not folder.name.startswith(_TEMPORARY):
        folder.rename(doomed)
        folder = doomed
    shutil.rmtree(folder, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftovers(folder: Path, name: str = "") -> None:
    """Delete what a killed run left half-written in a folder (of one file, where `name` is given).

    Only for a caller who holds the engagement's lock: a running writer would lose its work.
    """
    for leftover in folder.glob(f"{_TEMPORARY}{name}*"):
        if leftover.is_dir():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)
