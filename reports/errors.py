"""What publication and the report can refuse to do, in words for the person who asked."""


class PublicationError(RuntimeError):
    """A build may not or cannot be published; the message says why and what to do."""


class SiteError(RuntimeError):
    """The report cannot be built; the message says which query, table or tool failed and why."""


class DamagedPublication(PublicationError):
    """A published build is not as it was written; running its month again mends it."""


class ExportError(RuntimeError):
    """The hand-over files cannot be made until somebody mends what the message names."""
