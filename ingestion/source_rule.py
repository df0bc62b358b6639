"""How one inbox file is to be read: the last source rule that matches it.

Belongs here: the plain value that goes from the config to the readers. Does not belong here: the
matching of rules to files (config) or the reading (readers).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SourceRule:
    """What the consultant declared about one file of forms, timesheets or deliverables.

    Attributes:
        tool: name of the tool, `auto` (recognise it) or `generic` (use `columns`).
        date_order: `dmy`, `mdy` or `ymd` where the file itself cannot tell.
        layout: of a generic form, `long` or `wide`.
        columns: of a generic file, our field name to the header in the file.
        wave: of a form, `baseline` or `followup`.
        number_style: `comma` or `dot`, the decimal sign where the file itself cannot tell.
        duration_unit: `hours`, `minutes`, `seconds` or `days`, the unit of durations written as
            bare numbers where the file itself cannot tell.
        hours_per_day: working hours of a day, for durations written in days.
    """

    tool: str = "auto"
    date_order: str | None = None
    layout: str | None = None
    columns: Mapping[str, str] | None = None
    wave: str = "baseline"
    number_style: str | None = None
    duration_unit: str | None = None
    hours_per_day: float | None = None
