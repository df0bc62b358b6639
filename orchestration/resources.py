"""The resource of the assets: opens the flow of an engagement, fails a run in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager

from dagster import Failure, InitResourceContext, get_dagster_logger, resource

from ingestion.errors import InputError
from llm_enrichment.settings import EnrichmentError
from orchestration.flow import Flow
from orchestration.logs import masked
from orchestration.paths import Home
from orchestration.progress import Progress
from orchestration.reaper import alive
from reports.errors import PublicationError, SiteError

# Their messages name file, row and mend; where in the code they were raised helps nobody.
_TOLD_PLAINLY = (InputError, EnrichmentError, PublicationError, SiteError)

_LONGEST_QUERY = 60_000  # milliseconds
_POOLED_SECONDS = 3600


class Jalon:
    """Where state lives and who is told of progress."""

    def __init__(self, progress: Progress | None = None) -> None:
        """Without `progress` the log of the Dagster run is told."""
        self._progress = progress

    def flow(self, engagement: str) -> Flow:
        """The stages of one engagement."""
        return Flow(self.home, engagement, self.progress)

    @contextmanager
    def stages(self, engagement: str) -> Iterator[Flow]:
        """The stages of one engagement; what a person can mend fails the run with its message.

        Raises:
            Failure: with the message, which Dagster's UI shows first; its cause is the error.
        """
        try:
            yield self.flow(engagement)
        except _TOLD_PLAINLY as error:
            raise Failure(masked(f"{engagement}: {error}"), allow_retries=False) from error

    @property
    def home(self) -> Home:
        """Where all state lives."""
        return Home.from_environment()

    @property
    def progress(self) -> Progress:
        """Whom a stage tells what it does."""
        log = get_dagster_logger("jalon")
        return self._progress or Progress(lambda text, **_: log.info(masked(text)), log.debug)


@resource(description="The stages of an engagement, for runs that Dagster's daemon starts.")
def jalon_of_a_run(context: InitResourceContext) -> Iterator[Jalon]:
    """The resource, and for as long as the run lives the lock that shows it."""
    jalon = Jalon()
    if context.run_id is None:
        yield jalon
        return
    if context.instance is not None:
        # Else PostgreSQL starts a process for each question, some five for each of a thousand
        # events; in SQLite this does nothing.
        context.instance.optimize_for_webserver(
            statement_timeout=_LONGEST_QUERY, pool_recycle=_POOLED_SECONDS, max_overflow=1
        )
    with alive(jalon.home.locks, context.run_id):
        yield jalon
