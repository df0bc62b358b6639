"""The header of a sheet with a column per day: which columns are days, which name who and what.

Does not belong here: the rows below (pivoted).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingestion.readers.dates import month_named, parse_moments
from ingestion.readers.headers import normal_header
from ingestion.readers.outcome import HeldFile, RefusedFile
from ingestion.readers.settling import held_for_dates
from ingestion.source_rule import SourceRule

PIVOTED = "pivoted"
_FEWEST_DAYS = 3
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "lundi lun monday mon", "mardi mar tuesday tue", "mercredi mer wednesday wed",
            "jeudi jeu thursday thu", "vendredi ven friday fri", "samedi sam saturday sat",
            "dimanche dim sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
# Headers that say plainly what they hold; others are named in engagement.yaml.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": (
        "member", "membre", "collaborateur", "collaboratrice", "salarie", "employe", "employee",
        "personne", "person", "user", "utilisateur", "nom", "name", "nom complet", "full name",
    ),
    "email": ("email", "e-mail", "courriel", "adresse e-mail"),
    "task": ("task", "tache", "activite", "activity", "to-do"),
    "project": ("project", "projet", "dossier"),
    "client": ("client", "customer"),
    "week": ("semaine", "semaine du", "week", "week of", "week start", "debut de semaine"),
}  # fmt: skip
# A sheet of one month has at least so many columns, 1 to 28.
_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Shape:
    """Where the days and the other columns stand.

    Attributes:
        days: index of a column to its ISO day, or to the text of a day that is not settled.
        weekdays: index to weekday, 0 for Monday; they need the week of the row.
        numbers: index to day of the month; they need the month of the sheet.
        columns: our names to indices.
    """

    days: dict[int, str]
    weekdays: dict[int, int]
    numbers: dict[int, int]
    columns: dict[str, int]


def shape_of(headers: list[str], rule: SourceRule) -> Shape | None:
    """The shape of a row of normal headers, None where it has no columns of days.

    Raises:
        HeldFile: where nothing tells the order of day and month.
    """
    moments = parse_moments([h for h in headers if h], rule.date_order)
    dated = {
        index: moments.by_text[header].date().isoformat() if header in moments.by_text else header
        for index, header in enumerate(headers)
        if header in moments.by_text or header in moments.undecided
    }
    numbers = {i: int(h) for i, h in enumerate(headers) if h.isdecimal() and 1 <= int(h) <= 31}
    weekdays = {i: _WEEKDAYS[h] for i, h in enumerate(headers) if h in _WEEKDAYS}
    declared = {k: normal_header(v) for k, v in (rule.columns or {}).items()}
    columns = {}
    for name, known in _COLUMNS.items():
        wanted = (declared[name],) if name in declared else known
        index = next((headers.index(h) for h in wanted if h in headers), None)
        if index is not None:
            columns[name] = index
    if len(dated) >= _FEWEST_DAYS:
        held_for_dates(moments, rule, "timesheets", PIVOTED)
        return Shape(dated, {}, {}, columns)
    if len(weekdays) >= _FEWEST_DAYS:
        return Shape({}, weekdays, {}, columns)
    if len(set(numbers.values())) >= _SHORTEST_MONTH:
        return Shape({}, {}, numbers, columns)
    return None


def settled(shape: Shape, titles: Sequence[str]) -> Shape:
    """The shape with days in place of their numbers, each once.

    Args:
        shape: of a header.
        titles: name of the sheet and what stands above the header.

    Raises:
        HeldFile: where the columns are numbers and no title tells the month.
        RefusedFile: where two columns carry one day: one of them may be a copy.
    """
    places = [*shape.days.values(), *shape.weekdays.values(), *shape.numbers.values()]
    if twice := [day for day, count in Counter(map(str, places)).items() if count > 1]:
        raise RefusedFile(f"two columns carry one day ({twice[0]}); delete or join them")
    if not shape.numbers:
        return shape
    month = next((found for text in titles if (found := month_named(text))), None)
    if month is None:
        raise HeldFile(
            "the columns are the days of a month and no title tells which; name the sheet after "
            "the month and its year (`Janvier 2026`)",
            tool=PIVOTED,
        )
    first = date(*month, 1)
    days = {i: first + timedelta(days=number - 1) for i, number in shape.numbers.items()}
    # The 30 of February is nobody's day: what is filled in there is kept out.
    inside = {i: day.isoformat() if day.month == first.month else "" for i, day in days.items()}
    return replace(shape, days=inside, numbers={})
