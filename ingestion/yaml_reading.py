"""Read a YAML file that a person wrote, strictly, and remember on which line everything stands.

Belongs here: encoding, tabs, duplicate keys, nesting bombs. Does not belong here: what the keys
mean (config).
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from ingestion.errors import InputError

Location = tuple[str | int, ...]
_MOST_NODES = 50_000
_DEEPEST = 30


@dataclass
class YamlDocument:
    """A parsed file and the 1-based line of each value and key by its location."""

    path: Path
    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)

    def line_of(self, location: Location) -> int | None:
        """The line of a location, or of the nearest parent that is in the file."""
        for end in range(len(location), -1, -1):
            if location[:end] in self.lines:
                return self.lines[location[:end]]
        return None

    def error(self, location: Location, mend: str) -> InputError:
        """An error that names file, line and place."""
        line = self.line_of(location)
        return InputError(f"{self.path.name}{f', line {line}' if line else ''}: {mend}")


def read_text(path: Path) -> str:
    """The file as UTF-8 text, a byte order mark allowed.

    Raises:
        InputError: the file is missing, unreadable or in another encoding.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise InputError(
            f"{path.name}, line {line}: not UTF-8 text; save the file again as UTF-8"
        ) from None
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}") from None


def read_yaml(path: Path) -> YamlDocument:
    """Parse one YAML document.

    Raises:
        InputError: for whatever is no YAML, doubled keys and non-text keys included.
    """
    return _parsed(path, read_text(path))


@lru_cache(maxsize=8)
def _parsed(path: Path, text: str) -> YamlDocument:
    # A run asks ten times for the same file, and to parse it takes longer than most stages.
    document = YamlDocument(path)
    for number, line in enumerate(text.splitlines(), 1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            raise InputError(f"{path.name}, line {number}: a tab indents it; use spaces")
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is not None:
            document.data = _Reader(document, loader).value(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{path.name}{where}: no valid YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{path.name}: no valid YAML: {error}") from None
    finally:
        loader.dispose()
    return document


class _Reader:
    """Builds plain values from nodes; aliases count each time, so that no bomb unfolds."""

    def __init__(self, document: YamlDocument, loader: yaml.SafeLoader) -> None:
        self._document, self._loader, self._nodes = document, loader, 0

    def value(self, node: yaml.Node, location: Location) -> Any:
        self._nodes += 1
        self._document.lines.setdefault(location, node.start_mark.line + 1)
        if self._nodes > _MOST_NODES or len(location) > _DEEPEST:
            raise self._document.error(location, "nested too deeply or far too long")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*location, i)) for i, item in enumerate(node.value)]
        return self._loader.construct_object(node, deep=True)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            line = key_node.start_mark.line + 1
            where = f"{self._document.path.name}, line {line}"
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError(f"{where}: a key must be plain text")
            if key in result:
                first = self._document.lines[(*location, key)]
                raise InputError(f"{where}: {key} stands here twice (first on line {first})")
            self._document.lines[(*location, key)] = line
            result[key] = self.value(value_node, (*location, key))
        return result
