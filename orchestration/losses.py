"""What a run says where there is less than before, once per change of the inputs.

Does not belong here: finding it (ingestion), the stages (flow).
"""

from ingestion.snapshot import Snapshot
from orchestration.progress import Say


def tell_losses(engagement: str, snapshot: Snapshot, say: Say) -> None:
    """Say which newer exports hold less than the rows that they replace.

    Args:
        engagement: its name.
        snapshot: the inputs as they are now.
        say: hears a line per loss; without names of files, which may be people's.
    """
    for loss in snapshot.losses:
        say(f"  warning: {loss}", level="warning")
    if snapshot.losses:
        say(f"  with the files' own names: `jalon check {engagement}`")
