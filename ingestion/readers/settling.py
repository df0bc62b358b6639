"""What a file cannot tell, and the one line of config that settles it.

Belongs here: the holds for dates, numbers and units, and the line to paste, which repeats what is
declared of the file already, as the last matching rule wins. Does not belong here: how one text is
read (dates, numbers, durations).
"""

import re
from dataclasses import asdict

from ingestion.readers.dates import Moments
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.source_rule import SourceRule

# Stands for the file's own name in a line of config; who shows the line puts the name in. Stored
# reasons stay free of file names, which may hold people's names.
FILE_PLACEHOLDER = "{file}"
_NOTHING_DECLARED = asdict(SourceRule())


def config_line(kind: str, rule: SourceRule, **settings: object) -> str:
    """Where in engagement.yaml, and the line to paste there.

    Args:
        kind: of the file.
        rule: what is declared of it already.
        settings: what is added.
    """
    declared = {k: v for k, v in asdict(rule).items() if v != _NOTHING_DECLARED[k]}
    line = {"match": FILE_PLACEHOLDER, "tool": rule.tool} | declared | settings
    text = ", ".join(f"{name}: {_written(value)}" for name, value in line.items())
    return f"sources.{kind}: - {{{text}}}".replace(
        f"match: {_written(FILE_PLACEHOLDER)}", f'match: "{FILE_PLACEHOLDER}"'
    )


def _written(value: object) -> str:
    """A value in a line of YAML, quoted where it has to be."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {_written(part)}" for name, part in value.items()) + "}"
    if not isinstance(value, str):
        return str(value)
    plain = re.fullmatch(r"[^\W\d][\w '/().-]*[\w)]|[^\W\d]", value)
    if plain and not re.search(r" #|: ", value):
        return value
    escaped = " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def held_for_dates(moments: Moments, rule: SourceRule, kind: str, tool: str) -> None:
    """Stop where the order of day and month is not settled.

    Raises:
        HeldFile: where the whole column is ambiguous.
        RefusedFile: where it is written both ways and no order is declared.
    """
    if moments.conflict:
        day_first, month_first = moments.conflict
        raise RefusedFile(
            f"dates are written day first ({day_first}) and month first ({month_first}) in one "
            "column; export the file again with one date format"
        )
    if moments.is_ambiguous:
        line = config_line(kind, rule, tool=tool, date_order="dmy")
        raise HeldFile(
            f"dates such as {moments.example} may be day first or month first and nothing in the "
            f"file tells; in engagement.yaml add the line that is true (dmy or mdy) under {line}",
            tool=tool,
        )


def held_for_numbers(
    is_undecidable: bool, example: str, rule: SourceRule, kind: str, tool: str
) -> None:
    """Stop where the decimal sign is not settled.

    Raises:
        HeldFile: where numbers may be thousands or decimals and nothing in the column tells.
    """
    if is_undecidable:
        line = config_line(kind, rule, tool=tool, number_style="comma")
        raise HeldFile(
            f"numbers such as {example} may hold decimals or thousands and nothing in the column "
            f"tells; in engagement.yaml add the line that is true (comma or dot) under {line}",
            tool=tool,
        )


def held_for_unit(example: str, rule: SourceRule, tool: str) -> HeldFile:
    """The hold of a timesheet whose durations are bare numbers that may be of several units."""
    line = config_line("timesheets", rule, tool=tool, duration_unit="minutes")
    return HeldFile(
        f"durations such as {example} have no unit and nothing in the file tells it; in "
        f"engagement.yaml add the one that is true (hours, minutes, seconds or days; shares of a "
        f"day as Excel has them are days of `hours_per_day: 24`) under {line}",
        tool=tool,
    )


def mend_of_days(example: str, rule: SourceRule, tool: str) -> str:
    """What to do where durations count working days and nobody said how long these are."""
    line = config_line("timesheets", rule, tool=tool, hours_per_day=8)
    return (
        f"{example} counts working days, and the file does not tell how many hours they have; in "
        f"engagement.yaml add the number that is true under {line} (Jira has 8 unless its "
        "administrator changed it; a week counts five days)"
    )
