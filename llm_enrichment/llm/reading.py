"""Read the JSON that a model writes: alone, within a fence or talk, or cut off.

Belongs here: finding the values. Does not belong here: whether one is a valid answer (asking).
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic_core import from_json

_THOUGHTS = re.compile(r"<think>.*?</think>", re.DOTALL)
_FENCED = re.compile(r"```(?:json)?(.*?)```", re.DOTALL)


def parsed(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: for any other text, for one nested too deep to be read, and for half a
            character, which no file can hold.
    """
    return from_json(text.removeprefix("\ufeff"))


def items_in(text: str) -> list[Any]:
    """Return the items of an answer; of one that is not whole, the items that are."""
    text = _THOUGHTS.sub("", text)
    fenced = _FENCED.search(text)
    text = fenced.group(1) if fenced else text
    try:
        body = parsed(text[max(0, text.find("{")) :])
    except ValueError:
        return list(_whole_items(text))
    items = body.get("items") if isinstance(body, dict) else None
    return items if isinstance(items, list) else []


def _whole_items(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    place = text.find("[")
    while place >= 0 and (place := text.find("{", place)) >= 0:
        start = place
        try:
            _, place = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            return
        try:
            item = parsed(text[start:place])
        except ValueError:
            continue
        yield item
