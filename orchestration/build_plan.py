"""What one build reads, pinned, and what its manifest says of it.

Does not belong here: where plans are kept and what runs on them (flow).
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingestion.tables import DECIDED_TABLES
from orchestration.months import month_end
from reports.marts import file_hash


@dataclass(frozen=True)
class BuildPlan:
    """One build, pinned: nothing that arrives later changes what it reads.

    Attributes:
        engagement: its name.
        month: YYYY-MM as of which the build looks.
        snapshot_id: raw tables.
        enrichment_id: enrichment tables.
        code: code version.
    """

    engagement: str
    month: str
    snapshot_id: str
    enrichment_id: str
    code: str

    @property
    def build_id(self) -> str:
        """Named by its content: the same inputs and code give the same build."""
        parts = (self.engagement, self.month, self.snapshot_id, self.enrichment_id, self.code)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def manifest_facts(plan: BuildPlan, raw: Path) -> dict[str, Any]:
    """What the manifest says of a build's inputs.

    Args:
        plan: the build.
        raw: folder of its raw tables.
    """
    path = raw / "source_files.parquet"
    with duckdb.connect() as connection:
        inputs = connection.execute(
            "select source_file, kind, tool, status, file_hash from read_parquet(?) order by all",
            [str(path)],
        ).fetchall()
        (kept_out,) = connection.execute(
            "select coalesce(sum(rows_quarantined), 0)::int from read_parquet(?)", [str(path)]
        ).fetchone() or (0,)
    names = ("source_file", "kind", "tool", "status", "sha256")
    return {
        "engagement": plan.engagement,
        "as_of_on": month_end(plan.month).isoformat(),
        "snapshot_id": plan.snapshot_id,
        "enrichment_id": plan.enrichment_id,
        "code_version": plan.code,
        "duckdb_version": duckdb.__version__,
        "rows_quarantined": kept_out,
        "inputs": [dict(zip(names, row, strict=True)) for row in inputs],
        "decisions": {name: file_hash(raw / f"{name}.parquet") for name in DECIDED_TABLES},
    }
