"""The canonical tasks: those that people decided, else those proposed from the form's labels.

Belongs here: merging near-identical spellings, task ids. Does not belong here: matching the labels
of other sources to them (matching.py).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from llm_enrichment.absences import is_absence
from llm_enrichment.normalise import content_tokens, label_key, readable, stem, tokens
from llm_enrichment.offline.tagger import is_empty_answer

# Ids that mean something else in the marts.
RESERVED_IDS = frozenset({"unmapped", "absence", "other_tasks", "all"})
_LONGEST_ID = 60


@dataclass(frozen=True)
class CanonicalTask:
    """One task of the engagement; `origin` is `decided` or `proposed`."""

    task_id: str
    task_name: str
    category: str | None
    origin: str


def decided_tasks(
    decisions: Iterable[Mapping[str, str | None]], mapped_ids: Iterable[str]
) -> list[CanonicalTask]:
    """Return the tasks of tasks.csv, and the ids that task_map.csv names beside them."""
    tasks = {
        str(row["task_id"]): CanonicalTask(
            str(row["task_id"]), row["task_name"] or str(row["task_id"]), row["category"], "decided"
        )
        for row in decisions
    }
    for task_id in sorted(set(mapped_ids) - tasks.keys() - RESERVED_IDS):
        tasks[task_id] = CanonicalTask(task_id, task_id.replace("_", " "), None, "decided")
    return sorted(tasks.values(), key=lambda task: task.task_id)


def proposed_tasks(labels: Iterable[tuple[str, str | None]]) -> list[CanonicalTask]:
    """Return one task per group of near-identical form labels.

    Args:
        labels: label and category of each declared task, with repetitions.
    """
    spellings: Counter[str] = Counter()
    categories: dict[str, Counter[str]] = {}
    for label, category in labels:
        name = readable(label)
        if is_absence(name) or is_empty_answer(name):
            continue
        spellings[name] += 1
        if category:
            categories.setdefault(name, Counter())[category] += 1
    groups: list[list[str]] = []
    by_stems: dict[tuple[str, ...], list[str]] = {}
    by_length: dict[int, list[tuple[list[str], list[str]]]] = {}
    for name in sorted(spellings, key=lambda name: (-spellings[name], name)):
        words = tokens(name)
        stems = tuple(sorted({stem(word) for word in content_tokens(name)} or set(words)))
        group = by_stems.get(stems) or _misspelt(words, by_length.get(len(words), []))
        if group is None:
            group = []
            groups.append(group)
        group.append(name)
        by_stems.setdefault(stems, group)
        by_length.setdefault(len(words), []).append((words, group))
    tasks: list[CanonicalTask] = []
    taken: set[str] = set()
    for group in groups:
        counts: Counter[str] = sum((categories.get(name, Counter()) for name in group), Counter())
        category = min(counts, key=lambda c: (-counts[c], c)) if counts else None
        task_id = _free_id(group[0], taken)
        taken.add(task_id)
        tasks.append(CanonicalTask(task_id, group[0], category, "proposed"))
    return sorted(tasks, key=lambda task: task.task_id)


def _misspelt(words: list[str], known: list[tuple[list[str], list[str]]]) -> list[str] | None:
    """Return the group of a label that differs by one letter in one long word."""
    for others, group in known:
        different = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
        if len(different) == 1:
            a, b = different[0]
            if min(len(a), len(b)) >= 7 and a[:3] == b[:3] and Levenshtein.distance(a, b) == 1:
                return group
    return None


def _free_id(name: str, taken: set[str]) -> str:
    base = label_key(name).replace(" ", "_")[:_LONGEST_ID].strip("_")
    if base in RESERVED_IDS:
        base = f"{base}_task"
    task_id, number = base, 2
    while task_id in taken:
        task_id, number = f"{base}_{number}", number + 1
    return task_id
