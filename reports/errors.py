"""What publication and the report can refuse to do, in words for the person who asked."""


class PublicationError(RuntimeError):
    """A build may not or cannot be published; the message says why and what to do."""
