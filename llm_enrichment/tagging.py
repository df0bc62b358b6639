"""Tag task texts with the configured provider: canonical tasks, and a CSV file of texts.

Belongs here: choosing the provider, reading the CSV of `jalon tag`.
Does not belong here: how a provider labels (offline/tagger.py, llm/).
"""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from llm_enrichment.llm import provider
from llm_enrichment.normalise import label_key
from llm_enrichment.offline import tagger as offline_tagger
from llm_enrichment.settings import EnrichmentError, ProviderSettings
from llm_enrichment.tags import Tag

TAG_COLUMNS = ("nature", "rule_share", "confidence", "tagged_by", "reason")
_TEXT_COLUMN = "task_text"
_SEPARATORS = (",", ";", "\t", "|")


def tag_texts(
    texts: Sequence[str],
    settings: ProviderSettings,
    cache: Path,
    progress: Callable[[str], None] | None = None,
) -> list[Tag]:
    """Return one tag per text, by the configured provider.

    Args:
        texts: task texts as people wrote them.
        settings: the provider.
        cache: folder of validated LLM answers; unused offline.
        progress: told how far it is.

    Raises:
        EnrichmentError: for a provider that cannot answer.
    """
    if settings.is_offline:
        return offline_tagger.tag_texts(texts)
    return provider.ask(settings, cache, texts, progress=progress).tags


def tag_csv(
    source: Path,
    settings: ProviderSettings,
    cache: Path,
    progress: Callable[[str], None] | None = None,
    redact: Callable[[list[str]], list[str]] = list,
) -> tuple[list[str], list[dict[str, str]]]:
    """Tag a CSV of task texts; rows, their order and their other columns are kept.

    Args:
        source: a text file with a header; column `task_text`, optional `department`, `language`.
        settings: the provider.
        cache: folder of validated LLM answers; unused offline.
        progress: told how far it is.
        redact: takes out of the texts what must not leave; what is written keeps it.

    Returns:
        The columns, which are the file's and then `TAG_COLUMNS`; one mapping of them per row.

    Raises:
        EnrichmentError: for a file that cannot be read, or has no such column.
    """
    header, rows = _read(source)
    names = {label_key(name): name for name in reversed(header)}
    text_column = names.get(label_key(_TEXT_COLUMN))
    if text_column is None:
        raise EnrichmentError(
            f"{source.name}, row 1: no column {_TEXT_COLUMN} among {', '.join(header)}; "
            f"name the column that holds the task texts {_TEXT_COLUMN}"
        )
    if taken := set(TAG_COLUMNS) & set(header):
        raise EnrichmentError(
            f"{source.name}, row 1: the column {sorted(taken)[0]} is there already; "
            "remove it, tagging adds it"
        )
    texts = redact([row[text_column] for row in rows])
    tags = tag_texts(texts, settings, cache, progress)
    return [*header, *TAG_COLUMNS], [r | _cells(t) for r, t in zip(rows, tags, strict=True)]


def _cells(tag: Tag) -> dict[str, str]:
    return {
        "nature": tag.nature.value,
        "rule_share": "" if tag.rule_share is None else str(tag.rule_share),
        "confidence": str(tag.confidence),
        "tagged_by": tag.tagged_by,
        "reason": tag.reason,
    }


def _read(source: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise EnrichmentError(f"{source.name}: cannot be read ({error.strerror})") from error
    text = _decode(content, source.name)
    if not text.strip():
        raise EnrichmentError(f"{source.name}: the file is empty; it needs a column {_TEXT_COLUMN}")
    first, _, rest = text.partition("\n")
    separator = None
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    separator = separator or _separator(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise EnrichmentError(f"{source.name}: not a readable CSV ({error})") from error
    header = [name.strip() for name in records[0]]
    if repeated := {name for name in header if header.count(name) > 1}:
        raise EnrichmentError(
            f"{source.name}, row 1: the column {sorted(repeated)[0] or '(no name)'} is there "
            "twice; name each column once"
        )
    rows: list[dict[str, str]] = []
    for number, record in enumerate(records[1:], start=2):
        if len(record) > len(header):
            raise EnrichmentError(
                f"{source.name}, row {number}: {len(record)} cells under {len(header)} columns; "
                "put texts that hold the separator in double quotes"
            )
        rows.append(dict(zip(header, record + [""] * (len(header) - len(record)), strict=True)))
    return header, rows


def _decode(content: bytes, name: str) -> str:
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise EnrichmentError(f"{name}: not readable as text; save it as CSV in UTF-8")


def _separator(text: str) -> str:
    """Return the separator under which the header holds the text column, else the widest one."""
    header_line = text.splitlines()[0]
    headers = {s: next(csv.reader([header_line], delimiter=s), []) for s in _SEPARATORS}
    wanted = label_key(_TEXT_COLUMN)
    return max(
        _SEPARATORS,
        key=lambda s: (wanted in map(label_key, headers[s]), len(headers[s])),
    )
