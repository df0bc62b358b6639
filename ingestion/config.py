"""The schema of engagement.yaml and how it is loaded.

Belongs here: names, types and cross-checks of the config. Does not belong here: the other files of
the engagement folder, and what any value is used for.
"""

import base64
import json
import re
import types
import typing
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ValidationError

from ingestion.assumption_keys import COMPUTED_KEYS, TEAM_KEYS
from ingestion.config_schema import (
    EngagementSettings,
)
from ingestion.config_sources import TableSource, TranscriptSource
from ingestion.errors import InputError
from ingestion.folding import nearest
from ingestion.source_matching import matches
from ingestion.source_rule import SourceRule
from ingestion.yaml_reading import YamlDocument, read_yaml

Model = typing.TypeVar("Model", bound=BaseModel)

CONFIG_NAME = "engagement.yaml"
_LOGO_TYPES = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_MOST_LOGO_BYTES = 1_000_000


class EngagementConfig:
    """A valid engagement.yaml with what the rest of the package asks of it.

    Attributes:
        settings: the values as the schema names them.
        logo: the report's logo as a data URI, None without one.
    """

    def __init__(self, settings: EngagementSettings, logo: str | None = None) -> None:
        """Wrap checked settings; use `load_engagement` to get one."""
        self.settings = settings
        self.logo = logo

    @property
    def engagement(self) -> str:
        """The engagement's id."""
        return self.settings.engagement

    @cached_property
    def zone(self) -> ZoneInfo:
        """The engagement's time zone."""
        return ZoneInfo(self.settings.timezone)

    def source_rule(self, kind_folder: str, relative: str) -> SourceRule:
        """The last rule of `sources.<kind_folder>` that matches a file, else the default one.

        Args:
            kind_folder: `forms`, `timesheets` or `deliverables`.
            relative: path below that inbox folder.
        """
        rules: Sequence[TableSource] = getattr(self.settings.sources, kind_folder)
        for rule in reversed(rules):
            if matches(rule.match, relative):
                return SourceRule(
                    tool=rule.tool, date_order=rule.date_order, layout=rule.layout,
                    columns=rule.columns, wave=rule.wave, number_style=rule.number_style,
                    duration_unit=rule.duration_unit, hours_per_day=rule.hours_per_day,
                )  # fmt: skip
        return SourceRule()

    def transcript_source(self, relative: str) -> TranscriptSource | None:
        """The last rule of `sources.transcripts` that matches a file."""
        for rule in reversed(self.settings.sources.transcripts):
            if matches(rule.pattern, relative):
                return rule
        return None

    def fingerprint_data(self) -> dict[str, Any]:
        """All values that raw tables depend on, as plain JSON data."""
        data = self.settings.model_dump(mode="json", exclude={"llm", "notify"})
        return data | {"logo": self.logo}


def load_engagement(folder: Path) -> EngagementConfig:
    """Load and check engagement.yaml of an engagement folder.

    Raises:
        InputError: with file, line, dotted path and the mend of the first problem.
    """
    path = folder / CONFIG_NAME
    if not path.is_file():
        raise InputError(f"{path} is missing; `jalon new` writes one to start from")
    document = read_yaml(path)
    settings = validate(document, EngagementSettings)
    if settings.engagement != folder.name:
        raise document.error(
            ("engagement",),
            f"the folder is named {folder.name!r}, its engagement {settings.engagement!r}; write "
            f"`engagement: {folder.name}`, or rename the folder",
        )
    _check_references(document, settings)
    return EngagementConfig(settings, _read_logo(folder, settings.report.logo, document))


def json_schema() -> str:
    """The JSON Schema of engagement.yaml, for editors."""
    return json.dumps(EngagementSettings.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


def validate(document: YamlDocument, model: type[Model]) -> Model:
    """Validate a YAML document against a model.

    Raises:
        InputError: for the first problem, unknown keys first, as they often cause the others.
    """
    if not isinstance(document.data, dict):
        raise InputError(f"{document.path.name}: empty, or not a list of `key: value` lines")
    try:
        return model.model_validate(document.data)
    except ValidationError as failure:
        errors = sorted(failure.errors(), key=lambda e: e["type"] != "extra_forbidden")
        raise _explain(document, model, errors[0]) from None


def _explain(document: YamlDocument, model: type[BaseModel], error: Any) -> InputError:
    location = tuple(part for part in error["loc"] if part != "[key]")
    dotted = ".".join(str(part) for part in location)
    message = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        key, parent = str(location[-1]), location[:-1]
        if key in COMPUTED_KEYS and parent == ("assumptions",):
            return document.error(location, f"{dotted} cannot be set: {COMPUTED_KEYS[key]}")
        known = nearest(key, _keys_at(model, parent), cutoff=0)
        meant = ".".join([*map(str, parent), known or ""])
        return document.error(location, f"unknown key {dotted}; the nearest known key is {meant}")
    if error["type"] == "missing":
        return document.error(location, f"{dotted} is missing; add it")
    given = error.get("input")
    shown = f" (given: {given!r})" if isinstance(given, str | int | float) else ""
    return document.error(location, f"{dotted or 'the file'}: {message}{shown}")


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Names that the schema knows below a location."""
    annotation: Any = model
    for part in location:
        options = _models_in(annotation)
        fields = [m.model_fields[str(part)] for m in options if str(part) in m.model_fields]
        if fields:
            annotation = fields[0].annotation
    return sorted({name for m in _models_in(annotation) for name in m.model_fields})


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if typing.get_origin(annotation) in (types.UnionType, typing.Union, typing.Annotated):
        return [m for part in typing.get_args(annotation) for m in _models_in(part)]
    if typing.get_origin(annotation) in (dict, list):
        return _models_in(typing.get_args(annotation)[-1])
    return []


def _check_references(document: YamlDocument, settings: EngagementSettings) -> None:
    """Team keys that other blocks name must be keys of `teams`."""
    for key in TEAM_KEYS:
        given = getattr(settings.assumptions, key) or {}
        _check_teams(document, settings, ("assumptions", key), given)
    for key, project_type in settings.project_types.items():
        _check_teams(document, settings, ("project_types", key, "hours"), project_type.hours)
    for index, source in enumerate(settings.sources.transcripts):
        for label, speaker in source.speakers.items():
            team = getattr(speaker, "team", None)
            if team is not None:
                place = ("sources", "transcripts", index, "speakers", label)
                _check_teams(document, settings, place, {team: None})


def _check_teams(
    document: YamlDocument,
    settings: EngagementSettings,
    location: tuple[str | int, ...],
    given: typing.Mapping[str, object],
) -> None:
    for team in given:
        if team not in settings.teams:
            meant = nearest(team, settings.teams, cutoff=0)
            dotted = ".".join(map(str, location))
            raise document.error(
                (*location, team), f"{dotted}: no team {team} under teams; nearest is {meant}"
            )


def _read_logo(folder: Path, logo: str | None, document: YamlDocument) -> str | None:
    if logo is None:
        return None
    path = (folder / logo).resolve()
    where = ("report", "logo")
    if path.suffix.lower() not in _LOGO_TYPES:
        raise document.error(where, "report.logo: must be an .svg, .png or .jpg file")
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise document.error(where, f"report.logo: no file {logo} in the engagement folder")
    content = path.read_bytes()
    if len(content) > _MOST_LOGO_BYTES:
        raise document.error(where, "report.logo: larger than 1 MB; make the picture smaller")
    if path.suffix.lower() == ".svg" and re.search(rb"<script|javascript:|<!ENTITY", content, re.I):
        raise document.error(where, "report.logo: the SVG holds a script; export it without")
    encoded = base64.b64encode(content).decode()
    return f"data:image/{_LOGO_TYPES[path.suffix.lower()]};base64,{encoded}"
