"""The one resource of the assets: opens the flow of an engagement."""

from dagster import get_dagster_logger

from orchestration.flow import Flow
from orchestration.paths import Home
from orchestration.progress import Progress


class Jalon:
    """Where state lives and who is told of progress."""

    def __init__(self, progress: Progress | None = None) -> None:
        """Without `progress` the log of the Dagster run is told."""
        self._progress = progress

    def flow(self, engagement: str) -> Flow:
        """The stages of one engagement."""
        log = get_dagster_logger("jalon")
        progress = self._progress or Progress(log.info, log.debug)
        return Flow(Home.from_environment(), engagement, progress)
