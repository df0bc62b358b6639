"""What builds leave behind, removed once nothing leads to it: work files, snapshots, enrichment.

Publications prune themselves (reports). Does not belong here: erasure of people (erase).
"""

import json
import time
from collections.abc import Iterator

from ingestion import atomic
from orchestration.paths import Home

# A run may be about to use what it has just found.
_KEPT_SECONDS = 7 * 24 * 3600


def clean_up(home: Home, engagement: str) -> int:
    """Remove what no publication and no run of the last week needs; the next run makes it again.

    Args:
        home: the Jalon home.
        engagement: whose.

    Returns:
        Number of folders removed.
    """
    lake = home.lake / engagement
    try:
        named = set(_named(home, engagement))
    except (OSError, ValueError, AttributeError):
        return 0  # damaged notes may name anything; `jalon verify` tells of them
    removed = 0
    for folder in (home.build(engagement, ""), lake / "snapshots", lake / "enrichment"):
        for path in folder.glob("[!.]*") if folder.is_dir() else ():
            is_old = time.time() - path.stat().st_mtime > _KEPT_SECONDS
            if is_old and path.name not in named:
                atomic.remove_folder(path)
                removed += 1
    return removed


def _named(home: Home, engagement: str) -> Iterator[str]:
    """Ids of builds, snapshots and enrichments that are still of use."""
    published = home.published(engagement) / ".builds"
    yield from (path.name for path in published.glob("[!.]*"))
    for path in (
        *published.glob("*/manifest.json"),
        *(home.work / "plans" / engagement).glob("*.json"),
        *(home.work / "inputs").glob(f"{engagement}.json"),
    ):
        content = json.loads(path.read_text(encoding="utf-8"))
        yield from (value for value in content.values() if isinstance(value, str))
