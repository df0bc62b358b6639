"""What a run says where there is less than before, once per change of the inputs.

Does not belong here: finding it (ingestion), the stages (flow).
"""

from pathlib import Path

from ingestion.gone import gone_files, source_files
from ingestion.snapshot import Snapshot
from orchestration.progress import Say


def tell_losses(engagement: str, before: Path | None, snapshot: Snapshot, say: Say) -> None:
    """Say which files are gone, and which newer exports hold less than the rows they replace.

    Args:
        engagement: its name.
        before: raw tables of the inputs as they were, None where nobody knows.
        snapshot: the inputs as they are now.
        say: hears a line per loss; without names of files, which may be people's.
    """
    gone = gone_files(source_files(before), source_files(snapshot.folder)) if before else []
    for loss in [*gone, *snapshot.losses]:
        say(f"  warning: {loss}", level="warning")
    if snapshot.losses:
        say(f"  with the files' own names: `jalon check {engagement}`")
