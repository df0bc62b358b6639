"""The one resource of the assets: opens the flow of an engagement."""

from dagster import get_dagster_logger

from orchestration.flow import Flow
from orchestration.logs import masked
from orchestration.paths import Home
from orchestration.progress import Progress


class Jalon:
    """Where state lives and who is told of progress."""

    def __init__(self, progress: Progress | None = None) -> None:
        """Without `progress` the log of the Dagster run is told."""
        self._progress = progress

    def flow(self, engagement: str) -> Flow:
        """The stages of one engagement."""
        return Flow(self.home, engagement, self.progress)

    @property
    def home(self) -> Home:
        """Where all state lives."""
        return Home.from_environment()

    @property
    def progress(self) -> Progress:
        """Whom a stage tells what it does."""
        log = get_dagster_logger("jalon")
        return self._progress or Progress(lambda text, **_: log.info(masked(text)), log.debug)
