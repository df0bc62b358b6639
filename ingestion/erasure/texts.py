"""Take a person out of YAML and plain text.

In YAML a `speaker: address` pair goes whole; elsewhere a mention becomes a neutral word, the same
that renamed files get, so that rules still name their file.
"""

import re

from ingestion.erasure.edit import Edit, counted
from ingestion.erasure.spotting import Spotter

_SCALAR = r"""(?:"[^"]*"|'[^']*'|[^\s{},:#"'][^{},:#]*?)"""
_PAIR = rf"(?P<key>{_SCALAR})[ \t]*:[ \t]*(?P<value>{_SCALAR})[ \t]*"
_BLOCK_PAIR = re.compile(rf"^[ \t]+{_PAIR}(?:#.*)?$")
_FLOW_PAIR = re.compile(rf"(?P<before>[{{,])[ \t]*{_PAIR}(?P<after>[,}}])")
_SPEAKERS = re.compile(r"^(?P<indent>[ \t]*(?:-[ \t]+)?)speakers:[ \t]*(?:#.*)?$")


def edit_text(text: str, spotter: Spotter) -> Edit | None:
    """Notes and whatever else people keep beside: names become `[person]`."""
    lines = text.split("\n")
    masked = [spotter.masked(line) for line in lines]
    count = sum(new != old for new, old in zip(masked, lines, strict=True))
    return Edit("\n".join(masked).encode(), counted(line_masked=count)) if count else None


def edit_yaml(text: str, spotter: Spotter) -> Edit | None:
    """engagement.yaml and sidecars; comments and layout stay."""
    lines = text.split("\n")
    kept: list[str] = []
    changed = 0
    for line in lines:
        if not spotter.is_mentioned(line):
            kept.append(line)
            continue
        changed += 1
        pair = _BLOCK_PAIR.match(line)
        if pair and _is_speaker(pair, spotter):
            continue
        kept.append(spotter.without_name(_without_flow_pairs(line, spotter)))
    if not changed:
        return None
    return Edit("\n".join(_without_empty_maps(kept)).encode(), counted(line_changed=changed))


def _is_speaker(pair: re.Match[str], spotter: Spotter) -> bool:
    """Whether `key: value` ties a speaker to the person, and is no setting that names them."""
    key, value = (pair[name].strip("\"' \t") for name in ("key", "value"))
    return spotter.is_theirs(value) or spotter.is_theirs(key)


def _without_flow_pairs(line: str, spotter: Spotter) -> str:
    position = 0
    while match := _FLOW_PAIR.search(line, position):
        if _is_speaker(match, spotter):
            inner = match["before"] if match["after"] == "," else ""
            closing = "" if match["after"] == "," else match["after"]
            opening = "{" if match["before"] == "{" and closing else inner
            line = line[: match.start()] + opening + closing + line[match.end() :]
            position = match.start()
        else:
            position = match.end() - 1
    return line


def _without_empty_maps(lines: list[str]) -> list[str]:
    """`speakers:` with nothing below it any more becomes an empty map."""
    filled = []
    for number, line in enumerate(lines):
        match = _SPEAKERS.match(line)
        if match:
            below = next(
                (x for x in lines[number + 1 :] if x.strip(" \t") and x.strip()[0] != "#"), ""
            )
            depth = len(below) - len(below.lstrip())
            if depth <= len(match["indent"]):
                line = line.split("#")[0].rstrip() + " {}"
        filled.append(line)
    return filled
