"""The words of the report, which the pages and the workbook share (evidence/lib/labels.json).

Belongs here: looking a word up. Does not belong here: messages with values in them, which the
pages format.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from reports.node_project import PROJECT


def words(language: str) -> Callable[[str], str | None]:
    """The word for a key in `language`, None where there is none."""
    labels = json.loads((PROJECT / "lib" / "labels.json").read_text(encoding="utf-8"))
    return lambda key: labels[key][language] if key in labels else None


def term(word: Callable[[str], str | None], family: str, code: Any) -> str | None:
    """The word for a code of the data; the code itself, or a person's text, where there is none."""
    if code is None:
        return None
    text = str(code).lower() if isinstance(code, bool) else str(code)
    found = word(f"{family}.{text}")
    return found or (text.replace("_", " ") if re.fullmatch("[a-z0-9_]+", text) else text)
