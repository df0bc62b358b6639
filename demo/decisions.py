"""The decision files that follow from the demo's data: task_map.csv and scores.csv.

Belongs here: labels and marks as rows. Does not belong here: decisions written by hand (files/).
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def task_map_csv(agency: Mapping[str, Any], workload: Mapping[str, Any]) -> str:
    """The reviewed map of labels; vague labels and those nobody has reviewed yet are not in it."""
    unreviewed = set(workload["unreviewed_labels"])
    rows = [["timesheet", label, "absence"] for label in workload["absence_labels"]]
    for task, spec in workload["tasks"].items():
        name = agency["tasks"][task]["name"]
        labels = [label for label in spec["labels"] if label not in unreviewed]
        rows += [["timesheet", label, task] for label in labels]
        rows += [["form", label, task] for label in dict.fromkeys([name, *labels])]
        if "hours_per_unit" in spec:
            rows.append(["deliverable", name, task])
    return _csv(["source", "label", "task_id"], rows)


def scores_csv(scores: Mapping[str, Any]) -> str:
    """One row per rater, task and criterion that got a mark."""
    rows = []
    for task, marks in scores["marks"].items():
        for rater, given in zip(scores["raters"], marks, strict=True):
            for criterion, mark in zip(scores["criteria"], given, strict=True):
                if mark != ".":
                    reason = scores["reasons"].get(task, "") if criterion == "solution" else ""
                    rows.append([rater, task, criterion, mark, reason])
    return _csv(["rater", "task_id", "criterion", "score", "reason"], rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
