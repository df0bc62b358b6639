"""The strict pydantic schema of engagement.yaml: every block, every key, every bound.

Belongs here: shape and bounds of single values. Does not belong here: loading, messages and checks
across blocks (config).
"""

import re
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    create_model,
    model_validator,
)

from ingestion.assumption_keys import SCALAR_KEYS, TEAM_KEYS, AssumptionKey
from ingestion.config_sources import Sources
from ingestion.config_types import Day, Finite, Key, NotNegative, Positive, Strict, Text

ENGAGEMENT_PATTERN = r"^[a-z0-9-]{2,40}$"


def _first_of_month(value: Any) -> date:
    if isinstance(value, date) and value.day == 1:
        return date(value.year, value.month, 1)
    match = re.fullmatch(r"(\d{4})-(\d{2})", value) if isinstance(value, str) else None
    if match is None or not 1 <= int(match[2]) <= 12:
        raise ValueError("write the month as YYYY-MM")
    return date(int(match[1]), int(match[2]), 1)


@cache
def _time_zones() -> set[str]:
    return available_timezones()  # walks through the system's folders


def _known_zone(value: str) -> str:
    if value not in _time_zones():
        raise ValueError("no known time zone; write one such as Europe/Paris")
    return value


def _is_address(value: str) -> str:
    if not re.fullmatch(r"[^@\s,<>]+@[^@\s,<>]+", value):
        raise ValueError("is no e-mail address; write it as name@domain")
    return value


def _is_web_address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
        raise ValueError("is no web address; write it with https:// before it")
    return value


Address = Annotated[Text, AfterValidator(_is_address)]
WebAddress = Annotated[Text, AfterValidator(_is_web_address)]
Month = Annotated[date, BeforeValidator(_first_of_month)]
TimeZone = Annotated[str, AfterValidator(_known_zone)]


class Target(Strict):
    """What the client wants to reach."""

    metric: Key
    baseline: Finite
    target: Finite
    horizon_months: Annotated[int, Field(ge=1, le=120)]


class Baseline(Strict):
    """The window before the programme, both days included."""

    start: Day
    end: Day

    @model_validator(mode="after")
    def _ordered(self) -> "Baseline":
        if self.end < self.start:
            raise ValueError("end lies before start")
        return self


class Calendar(Strict):
    """When things are measured."""

    baseline: Baseline
    programme_start: Month
    weekly_hours: Annotated[float, Field(gt=0, le=80)] = 35.0


class Team(Strict):
    """One team; hourly_cost is loaded, in the engagement's currency."""

    name: Text
    headcount: Positive
    hourly_cost: NotNegative


class TeamValue(Strict):
    """One team's value of an assumption that is not varied."""

    base: NotNegative
    source: Text | None = None
    set_by: Text = "client"


class AssumptionRange(Strict):
    """low <= base <= high; a missing low or high is the base."""

    low: Finite
    base: Finite
    high: Finite
    source: Text | None = None
    set_by: Text = "client"

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        if isinstance(data, bool) or data is None:
            raise ValueError("give a number, or low, base and high")
        if isinstance(data, int | float):
            data = {"base": data}
        if isinstance(data, str):
            raise ValueError("is no number; write it with a decimal point and without unit")
        if isinstance(data, dict) and "base" in data:
            ends = {key: data[key] for key in ("low", "high") if data.get(key) is not None}
            return data | {"low": data["base"], "high": data["base"]} | ends
        return data

    @model_validator(mode="after")
    def _ordered(self) -> "AssumptionRange":
        if not self.low <= self.base <= self.high:
            raise ValueError("low <= base <= high does not hold")
        return self


def _bounded(key: AssumptionKey) -> Any:
    def check(value: AssumptionRange | None) -> AssumptionRange | None:
        if value is None:
            return value
        if value.low < key.lowest or (key.highest is not None and value.high > key.highest):
            top = "" if key.highest is None else f" and at most {key.highest:g}"
            raise ValueError(f"must be at least {key.lowest:g}{top} ({key.meaning})")
        if not key.is_varied and value.low != value.high:
            raise ValueError("is not varied in the cases: give one number, no range")
        return value

    return AfterValidator(check)


def _team_value(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"base": value}
    return value


def _team_map(value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("is given by team: write {team: number, ...}")
    return value


TeamValues = Annotated[
    dict[Key, Annotated[TeamValue, BeforeValidator(_team_value)]], BeforeValidator(_team_map)
]


_SCALARS: dict[str, Any] = {
    name: (
        Annotated[AssumptionRange | None, Field(description=key.meaning), _bounded(key)],
        None,
    )
    for name, key in SCALAR_KEYS.items()
}
_BY_TEAM: dict[str, Any] = {
    name: (Annotated[TeamValues | None, Field(description=meaning)], None)
    for name, meaning in TEAM_KEYS.items()
}
# The keys are a table (assumption_keys), so the block's model is made from it.
AssumptionsBlock: Any = create_model("Assumptions", __base__=Strict, **(_SCALARS | _BY_TEAM))


class ProjectType(Strict):
    """A kind of project sold: price and external cost per project, hours by team."""

    name: Text
    price: NotNegative
    annual_volume: NotNegative
    external_cost: NotNegative = 0.0
    hours: dict[Key, NotNegative] = Field(default_factory=dict)


class Growth(Strict):
    """Settings of the growth scenario."""

    teams_can_swap: bool = False


class Privacy(Strict):
    """Group size for publication, words to mask, and until when data is kept."""

    min_group: Annotated[int, Field(ge=3, le=100)] = 5
    mask: list[Text] = Field(default_factory=list)
    retain_until: Day | None = None


class Prices(Strict):
    """Cost of a million tokens in the engagement's currency, and the day of these prices."""

    input: NotNegative
    output: NotNegative
    on: Day


class Llm(Strict):
    """The endpoint that enriches; without `model` the offline provider does."""

    base_url: Text | None = None
    model: Text | None = None
    api_key_env: Annotated[str, StringConstraints(pattern=r"^[A-Z_][A-Z0-9_]*$")] | None = None
    budget: NotNegative | None = None
    prices: Prices | None = None
    mode: Literal["live", "replay"] = "live"
    concurrency: Annotated[int, Field(ge=1, le=64)] = 8
    timeout_s: Annotated[float, Field(gt=0, le=600)] = 60.0


class Report(Strict):
    """Look of the report."""

    logo: Text | None = None
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None


class Notify(Strict):
    """Who hears of failures and publications."""

    email: list[Address] = Field(default_factory=list)
    webhook: WebAddress | None = None
    on: tuple[Literal["failure", "publication"], ...] = ("failure", "publication")


class EngagementSettings(Strict):
    """engagement.yaml of Jalon."""

    engagement: Annotated[str, StringConstraints(pattern=ENGAGEMENT_PATTERN)]
    client: Text
    language: Literal["fr", "en"]
    timezone: TimeZone
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    priority: Literal["productivity", "growth", "margin"] | None = None
    status: Literal["active", "closed"] = "active"
    share_benchmarks: bool = False
    targets: list[Target] = Field(default_factory=list)
    calendar: Calendar
    teams: Annotated[dict[Key, Team], Field(min_length=1)]
    assumptions: AssumptionsBlock = Field(default_factory=AssumptionsBlock)
    project_types: dict[Key, ProjectType] = Field(default_factory=dict)
    sources: Sources = Field(default_factory=Sources)
    growth: Growth = Field(default_factory=Growth)
    privacy: Privacy = Field(default_factory=Privacy)
    llm: Llm = Field(default_factory=Llm)
    report: Report = Field(default_factory=Report)
    notify: Notify = Field(default_factory=Notify)
