"""The one error for everything that a person can mend in an engagement folder.

Belongs here: errors of this package. Does not belong here: exit codes (orchestration).
"""

from pathlib import Path


class InputError(Exception):
    """Wrong input. The message alone names the file, the row and what mends it."""


def at_row(file: Path | str, row: int, mend: str) -> InputError:
    """An `InputError` for one row (1-based physical line) of a file."""
    return InputError(f"{file}, row {row}: {mend}")
