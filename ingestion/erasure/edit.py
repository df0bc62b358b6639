"""What an edit of one file comes to. Does not belong here: any edit."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """The new content of a file, None where nothing of it is left, and what was done."""

    content: bytes | None
    what: str


def counted(**counts: int) -> str:
    """`3 rows removed, 1 text masked` of `row_removed=3, text_masked=1`; zeros are left out."""
    told = []
    for name, count in counts.items():
        noun, deed = name.split("_")
        if count:
            told.append(f"{count} {noun}{'' if count == 1 else 's'} {deed}")
    return ", ".join(told)
