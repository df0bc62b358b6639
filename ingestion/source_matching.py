"""Whether a file of the inbox is meant by the `match` of a source rule.

Belongs here: the pattern. Does not belong here: what the rule then says.
"""

import fnmatch
import unicodedata


def _comparable(text: str) -> str:
    # macOS writes file names decomposed, editors write them composed.
    return unicodedata.normalize("NFC", text).casefold()


def matches(pattern: str, relative: str) -> bool:
    """Whether a pattern (`*`, `?`, `[...]`) fits the file's name or its path in the folder.

    Args:
        pattern: as written in engagement.yaml; case is forgiven.
        relative: POSIX path of the file below its inbox folder.
    """
    wanted, path = _comparable(pattern), _comparable(relative)
    name = path.rsplit("/", 1)[-1]
    return wanted in (path, name) or any(fnmatch.fnmatchcase(text, wanted) for text in (path, name))
