"""The count of what teams delivered, one CSV a quarter.

Belongs here: the shape of the file. Does not belong here: what was delivered (hours).
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from demo.hours import Delivery


def deliverable_files(
    deliveries: Sequence[Delivery],
    agency: Mapping[str, Any],
    workload: Mapping[str, Any],
    rng: np.random.Generator,
) -> dict[str, bytes]:
    """All files of inbox/deliverables, by name."""
    kinds = workload["project_types"]
    which = rng.integers(0, len(kinds), len(deliveries)).tolist()
    quarters: dict[str, list[list[object]]] = defaultdict(list)
    for delivery, kind in zip(deliveries, which, strict=True):
        quarter = f"{delivery.day.year}-T{(delivery.day.month - 1) // 3 + 1}"
        quarters[quarter].append(
            [delivery.day, delivery.team, agency["tasks"][delivery.task]["name"], kinds[kind],
             delivery.units, delivery.versions]
        )  # fmt: skip
    files = {}
    for quarter, rows in quarters.items():
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["date", "team", "task", "project_type", "units", "versions"])
        writer.writerows(rows)
        files[f"livrables_{quarter}.csv"] = out.getvalue().encode()
    return files
