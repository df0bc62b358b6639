"""Timesheets, forms and deliverables: identify, redact, resolve teams.

Belongs here: what depends on one file alone. Does not belong here: what depends on other files
(overlaps) and transcripts (prepare_transcripts).
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl

from ingestion.context import Context, keep_known, row_ids
from ingestion.folding import folded_key, nearest
from ingestion.parsed import FileKind, ParsedFile
from ingestion.prepared import PreparedFile, from_parsed

_HOURS_MEND = "hours must be a number above 0; correct the entry in the tool and export again"


def prepare_table(parsed: ParsedFile, file_hash: str, wave: str, context: Context) -> PreparedFile:
    """One loadable file of rows.

    Args:
        parsed: what the reader found.
        file_hash: SHA-256 of the file.
        wave: of a form, as its source declares.
        context: the engagement.
    """
    prepared = from_parsed(parsed)
    assert parsed.rows is not None
    rows = parsed.rows.with_columns(row_ids(parsed.rows, file_hash).alias("row_id"))
    if parsed.kind == FileKind.TIMESHEET:
        _timesheet(prepared, rows, context)
    elif parsed.kind == FileKind.FORM:
        _form(prepared, parsed, rows, wave, context)
    else:
        _deliverables(prepared, rows, context)
    main = prepared.main
    assert main is not None
    # Names of sheets are often names of people.
    for table in prepared.frames:
        if "sheet" in prepared.frames[table].columns:
            prepared.frames[table] = context.redactor.redact_columns(
                prepared.frames[table], ["sheet"]
            )
    prepared.quarantined = context.redactor.redact_columns(prepared.quarantined, ["sheet"])
    return prepared


def _timesheet(prepared: PreparedFile, rows: pl.DataFrame, context: Context) -> None:
    known = keep_known(prepared, rows, context.identify(prepared, rows))
    redacted = context.redactor.redact_columns(known, ["label", "client_name", "project", "note"])
    prepared.frames["timesheet_entries"] = redacted.rename({"row_id": "entry_id"})
    hours = redacted["hours"]
    is_wrong = hours.is_null() | hours.is_nan() | (hours <= 0)
    prepared.quarantine(is_wrong, "negative_hours", _HOURS_MEND)


def _form(
    prepared: PreparedFile, parsed: ParsedFile, rows: pl.DataFrame, wave: str, context: Context
) -> None:
    ids = rows.select("sheet", "row_number", "row_id")
    known = keep_known(prepared, rows, context.identify(prepared, rows))
    moments = _to_utc(known, context.config.zone)
    texts = ["ai_frequency", "time_consuming", "low_value", "wish"]
    redacted = context.redactor.redact_columns(known, texts)
    prepared.frames["form_responses"] = (
        context.redactor.redact_tools(redacted, ["ai_works", "ai_missing"])
        .with_columns(moments, pl.lit(wave).alias("wave"))
        .drop("is_utc")
        .rename({"row_id": "response_id"})
    )
    children = {
        "form_tasks": (parsed.form_tasks, ["label", "category"]),
        "form_tools": (parsed.form_tools, ["tool_name", "missing_integration"]),
        "form_extra_answers": (parsed.form_extras, ["question", "answer"]),
    }
    kept = prepared.frames["form_responses"].select("response_id")
    for table, (child, columns) in children.items():
        assert child is not None
        joined = (
            child.join(
                ids, on=["sheet", "row_number"], how="inner", nulls_equal=True,
                maintain_order="left",
            )
            .drop("sheet", "row_number")
            .rename({"row_id": "response_id"})
            .join(kept, on="response_id", how="semi", maintain_order="left")
        )  # fmt: skip
        is_about_tools = table == "form_tools"
        redactor = context.redactor
        redact = redactor.redact_tools if is_about_tools else redactor.redact_columns
        prepared.frames[table] = redact(joined, columns)


def _to_utc(rows: pl.DataFrame, zone: ZoneInfo) -> pl.Series:
    """Submission times in UTC; those of the source's local time are moved."""

    def moved(moment: datetime | None, is_utc: bool | None) -> datetime | None:
        if moment is None or is_utc:
            return moment
        return moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)

    pairs = rows.select("submitted_at", "is_utc").iter_rows()
    return pl.Series("submitted_at", [moved(*pair) for pair in pairs], dtype=pl.Datetime("us"))


def _deliverables(prepared: PreparedFile, rows: pl.DataFrame, context: Context) -> None:
    settings = context.config.settings
    team_by_text = {folded_key(team.name): key for key, team in settings.teams.items()}
    team_by_text |= {folded_key(key): key for key in settings.teams}
    type_by_text = {folded_key(kind.name): key for key, kind in settings.project_types.items()}
    type_by_text |= {folded_key(key): key for key in settings.project_types}

    def team_of(written: str | None) -> str | None:
        return team_by_text.get(folded_key(written)) if written else None

    def mend(written: str) -> str:
        names = [*settings.teams, *(team.name for team in settings.teams.values())]
        return (
            f"no team {written!r} in engagement.yaml; the nearest is {nearest(written, names, 0)}"
        )

    written = rows["team"].unique(maintain_order=True).to_list()
    teams = pl.DataFrame(
        {
            "team": written,
            "team_id": [team_of(team) for team in written],
            "mend": [mend(team or "") for team in written],
        },
        schema={"team": pl.String, "team_id": pl.String, "mend": pl.String},
    )
    joined = rows.join(teams, on="team", how="left", nulls_equal=True, maintain_order="left")
    unknown = joined.filter(pl.col("team_id").is_null())
    prepared.quarantined = pl.concat(
        [
            prepared.quarantined,
            unknown.select("sheet", "row_number", pl.lit("unknown_team").alias("reason"), "mend"),
        ]
    )
    known = joined.filter(pl.col("team_id").is_not_null()).drop("team", "mend")
    kinds = known["project_type"].drop_nulls().unique(maintain_order=True).to_list()
    keys = [type_by_text.get(folded_key(kind), kind) for kind in kinds]
    known = known.with_columns(pl.col("project_type").replace(kinds, keys))
    prepared.frames["deliverables"] = context.redactor.redact_columns(
        known, ["label", "project_type"]
    ).rename({"row_id": "deliverable_id"})
