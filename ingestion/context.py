"""What identification and redaction of one engagement need, put together once.

Belongs here: the bundle. Does not belong here: any of its parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from ingestion.config import EngagementConfig
from ingestion.people import PeopleMatcher
from ingestion.prepared import PreparedFile
from ingestion.redaction import Redactor
from ingestion.roster import Person
from ingestion.vault import Vault


@dataclass(frozen=True)
class Context:
    """Config, roster and what was made of them."""

    config: EngagementConfig
    roster: Sequence[Person]
    vault: Vault
    matcher: PeopleMatcher
    redactor: Redactor

    def with_strangers(self, strangers: frozenset[str]) -> "Context":
        """The same, redacting names of people who are on no roster too."""
        return replace(self, redactor=self.redactor.with_strangers(strangers))

    def identify(self, prepared: PreparedFile, rows: pl.DataFrame) -> pl.Series:
        """The roster line of each row's person; each written person is looked up once.

        Args:
            prepared: takes the warnings.
            rows: with `person_email` and `person_name`.

        Returns:
            A struct per row: `line` (null where nobody was found), `reason`, `mend`.
        """
        written = rows.select("person_email", "person_name").unique(maintain_order=True)
        found = [self.matcher.find(email, name) for email, name in written.iter_rows()]
        known = written.with_columns(
            line=pl.Series([f.person.line if f.person else None for f in found], dtype=pl.Int32),
            reason=pl.Series([f.reason for f in found], dtype=pl.String),
            mend=pl.Series([f.mend for f in found], dtype=pl.String),
        )
        return (
            rows.select("person_email", "person_name")
            .join(known, on=["person_email", "person_name"], how="left", nulls_equal=True,
                  maintain_order="left")
            .select(pl.struct("line", "reason", "mend").alias("found"))
            .to_series()
        )  # fmt: skip


def keep_known(prepared: PreparedFile, rows: pl.DataFrame, found: pl.Series) -> pl.DataFrame:
    """Rows of known people with `person_line`; the others go to quarantine."""
    everyone = rows.with_columns(found.struct.unnest())
    unknown = everyone.filter(pl.col("line").is_null())
    prepared.quarantined = pl.concat(
        [prepared.quarantined, unknown.select("sheet", "row_number", "reason", "mend")]
    )
    return (
        everyone.filter(pl.col("line").is_not_null())
        .rename({"line": "person_line"})
        .drop("reason", "mend", "person_email", "person_name")
    )


def row_ids(rows: pl.DataFrame, file_hash: str) -> pl.Series:
    """A stable id per row: file, number of the sheet (its name may be somebody's), row."""
    sheets = rows["sheet"].unique(maintain_order=True).to_list()
    number = rows["sheet"].replace_strict(
        sheets, list(range(len(sheets))), return_dtype=pl.Int32
    )  # fmt: skip
    frame = pl.DataFrame({"sheet": number, "row": rows["row_number"]})
    return frame.select(
        pl.format("{}-{}-{}", pl.lit(file_hash[:16]), "sheet", "row").alias("id")
    ).to_series()
