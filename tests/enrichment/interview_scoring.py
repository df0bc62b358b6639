"""Interviews whose sentences say which facts they hold, and what extraction makes of them.

A line is one sentence of the answer; after `##` stand the types of fact that it holds. A sentence
without any is a decoy. `?type` may be found or not: two readers would differ. Figures are by
sentence and type. Does not belong here: floors.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from llm_enrichment.canonical import CanonicalTask
from llm_enrichment.extraction.snapshot import read_interviews
from llm_enrichment.extraction.transcripts import extract
from tests.enrichment.snapshots import TASKS, interview, write_snapshot

FOLDER = Path(__file__).parent / "interviews"
_CANONICAL = [CanonicalTask(i, name, None, "decided") for i, name in TASKS.items()]


@dataclass
class Score:
    """Sentences by type of fact: planted, found among them, found elsewhere."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def recall(self) -> float:
        """Share of what was planted that was found."""
        return self.found.total() / self.planted.total()

    def precision(self) -> float:
        """Share of what was found that was planted."""
        return self.found.total() / (self.found.total() + self.wrong.total())


def score(folder: Path, names: list[str]) -> Score:
    """Extract from some interviews, in snapshots below `folder`, and count."""
    result = Score()
    for name in names:
        phase, team, turns, truth = _read(FOLDER / name)
        raw = write_snapshot(folder / name, **interview(phase, team, *turns))
        got: dict[str, set[str]] = {sentence: set() for sentence in truth}
        for fact in extract(read_interviews(raw), _CANONICAL).facts:
            for sentence in truth:
                if fact.evidence.quote in sentence or sentence in fact.evidence.quote:
                    got[sentence].add(fact.fact_type)
        for sentence, marked in truth.items():
            types = {name for name in marked if name[0] != "?"}
            got[sentence] -= {name[1:] for name in marked - types}
            result.planted.update(types)
            result.found.update(types & got[sentence])
            result.wrong.update(got[sentence] - types)
            result.errors += [f"missed {t}: {sentence}" for t in sorted(types - got[sentence])]
            result.errors += [f"wrong {t}: {sentence}" for t in sorted(got[sentence] - types)]
    return result


def _read(path: Path) -> tuple[str, str | None, list[tuple[bool, str]], dict[str, set[str]]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = dict(line[2:].split(":", 1) for line in lines if line.startswith("# "))
    truth: dict[str, set[str]] = {}
    turns: list[tuple[bool, str]] = []
    for is_question, text in _spoken(lines, truth):
        if is_question or not turns or turns[-1][0]:
            turns.append((is_question, text))
        else:
            turns[-1] = (False, f"{turns[-1][1]} {text}")
    return header["phase"].strip(), header["team"].strip() or None, turns, truth


def _spoken(lines: list[str], truth: dict[str, set[str]]) -> Iterator[tuple[bool, str]]:
    for line in lines:
        if line.startswith("Q: "):
            yield True, line[3:]
        elif line and not line.startswith("# "):
            sentence, _, types = line.partition(" ## ")
            truth[sentence] = set(types.split())
            yield False, sentence
