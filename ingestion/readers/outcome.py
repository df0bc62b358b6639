"""How a reader says that a whole file cannot be loaded.

Belongs here: the two exceptions that `read_file` turns into a status. Does not belong here: rows
that are kept out one by one (they are `QuarantinedRow`s).
"""


class RefusedFile(Exception):
    """The file is not read: broken, hostile or of no known shape. The text names the mend."""


class HeldFile(Exception):
    """One line of config settles how the file is read; until then nothing of it is loaded.

    Attributes:
        guess: the mapping guessed from the headers, to be confirmed, or None.
        tool: the tool that was recognised, or "".
    """

    def __init__(self, reason: str, guess: dict[str, str] | None = None, tool: str = "") -> None:
        """Keep the reason as the message."""
        super().__init__(reason)
        self.guess = guess
        self.tool = tool
