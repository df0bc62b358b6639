"""What several files say twice: re-exports, the same work from two tools, days over 24 hours.

**Newest** is decided by content, so that a copied folder gives the same result: the latest date in
the file, then the natural order of the paths (`export`, `export_v2`, `export_v10`), then the number
of rows. Belongs here: rules across files. Does not belong here: rules within one (prepare_tables).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ingestion.prepared import PreparedFile

SUPERSEDED = "superseded_by_newer_export"
SAME_WORK = "same_work_two_tools"
DAY_OVER_24H = "day_over_24h"
_MOST_HOURS = 24 + 1e-9
# On the last line of a file, these tell that the file was cut.
_CUT = ("short_row", "cut_row")


class Loss(str):
    """A warning that there is less than before: a run says it, too."""

    __slots__ = ()


@dataclass(frozen=True)
class Dated:
    """One loaded file of a kind, in natural order of the paths."""

    label: str
    content: PreparedFile

    @property
    def is_cut(self) -> bool:
        """Whether the file ends in the middle of a row."""
        main, out = self.content.main, self.content.quarantined
        assert main is not None
        broken = out.filter(pl.col("reason").is_in(_CUT))["row_number"]
        last = pl.concat([main["row_number"], out["row_number"]]).max()
        return not broken.is_empty() and broken.max() == last


def settle_timesheets(files: Sequence[Dated]) -> list[str]:
    """Take out of all timesheets what newer exports replace, doubled work and impossible days.

    Returns:
        Warnings, without names.
    """
    if not files:
        return []
    warnings = _replace_timesheets(files)
    warnings += _same_work(files)
    rows = _stacked(files, ["person_line", "worked_on", "hours"])
    total = pl.col("hours").sum().over("person_line", "worked_on")
    _take_out(
        files, rows.filter(total > _MOST_HOURS), DAY_OVER_24H,
        "the hours of this person add up to more than 24 on this day; correct them in the tool",
    )  # fmt: skip
    return warnings


def settle_deliverables(files: Sequence[Dated]) -> list[str]:
    """A newer export replaces older rows of the same team and task in the period it covers."""
    return _replace_period(files, ["team_id", "label"], "delivered_on", pl.lit(True))


def settle_forms(files: Sequence[Dated]) -> list[str]:
    """The same answer (person, wave, moment) in several exports: the newest one's stays."""
    if len(files) < 2:
        return []
    ranks = _ranks(files, "submitted_at")
    rows = _stacked(files, ["person_line", "wave", "submitted_at"], ranks)
    newest = pl.col("rank").max().over("person_line", "wave", "submitted_at")
    older = rows.filter(pl.col("submitted_at").is_not_null() & (pl.col("rank") < newest))
    _take_out(files, older, SUPERSEDED, "")
    return []


def _replace_timesheets(files: Sequence[Dated]) -> list[str]:
    ranks = _ranks(files, "worked_on")
    rows = _stacked(files, ["tool", "tool_entry_id"], ranks).filter(
        pl.col("tool_entry_id").is_not_null()
    )
    order = pl.struct("rank", "row").rank("ordinal").over("tool", "tool_entry_id")
    last = pl.len().over("tool", "tool_entry_id")
    _take_out(files, rows.filter(order < last), SUPERSEDED, "")
    return _replace_period(
        files, ["tool", "person_line"], "worked_on", pl.col("tool_entry_id").is_null()
    )


def _replace_period(
    files: Sequence[Dated], keys: Sequence[str], day: str, applies: pl.Expr
) -> list[str]:
    """Older rows of a key that a newer file also holds, within the newer file's whole period."""
    if len(files) < 2:
        return []
    wanted = [*keys, day] + (["tool_entry_id", "hours"] if day == "worked_on" else ["units"])
    ranks = _ranks(files, day)
    rows = _stacked(files, wanted, ranks).filter(applies)
    period = [pl.col(day).min().over("rank").alias("start"), pl.col(day).max().over("rank")
              .alias("end")]  # fmt: skip
    newer = rows.with_columns(period).select(
        *keys, "start", "end", pl.col("rank").alias("newer_rank")
    ).unique(maintain_order=True)  # fmt: skip
    shared = newer.filter(pl.col("newer_rank").n_unique().over(keys) > 1).sort("newer_rank")
    replaced = (
        rows.join(shared, on=list(keys), how="inner", nulls_equal=True, maintain_order="left_right")
        .filter(
            (pl.col("newer_rank") > pl.col("rank"))
            & pl.col(day).is_between(pl.col("start"), pl.col("end"))
        )
        .unique(["file", "row"], keep="last", maintain_order=True)
    )
    kept = rows.join(replaced, on=["file", "row"], how="anti")
    warnings = []
    for (old,), of_file in replaced.group_by("file", maintain_order=True):
        span = rows.filter(pl.col("file") == old)[day]
        told = []
        for (rank,), group in of_file.group_by("newer_rank", maintain_order=True):
            new = kept.filter(
                (pl.col("rank") == rank) & pl.col(day).is_between(span.min(), span.max())
            ).join(group, on=list(keys), how="semi", nulls_equal=True)
            newer_file = files[ranks.index(int(str(rank)))]
            told.append(_replacement(newer_file, group, new, [*keys, day]))
        warnings += _warnings(
            files[int(str(old))].label, told, "h" if day == "worked_on" else "units"
        )
    _take_out(files, replaced, SUPERSEDED, "")
    return warnings


@dataclass(frozen=True)
class _Replacement:
    """Rows of one file that a newer one replaces: hours or units, and what is odd about it."""

    newer: str
    rows: int
    before: float
    after: float
    remark: str = ""


def _replacement(
    newer: Dated, replaced: pl.DataFrame, new: pl.DataFrame, keys: Sequence[str]
) -> _Replacement:
    amount = "hours" if "hours" in new.columns else "units"
    before, after = (round(float(rows[amount].sum()), 1) for rows in (replaced, new))
    remark = ""
    if newer.is_cut:
        remark = (
            f"; the last row of {newer.label} is cut: export it again, or take it out of the inbox"
        )
    elif replaced.join(new, on=list(keys), how="semi", nulls_equal=True).is_empty():
        remark = (
            " and none on the same days: if the exports complete each other (by project, for "
            "example), join them in one file"
        )
    elif after < before:
        remark = f"; if {newer.label} is not a whole export, take it out of the inbox"
    return _Replacement(newer.label, replaced.height, before, after, remark)


def _warnings(older: str, told: Sequence[_Replacement], unit: str) -> list[str]:
    """A line for each file that replaces rows of this one oddly, and one for all others."""
    plain = [one for one in told if not one.remark]
    if len(plain) > 1:
        rows, before = sum(one.rows for one in plain), sum(one.before for one in plain)
        after = sum(one.after for one in plain)
        plain = [_Replacement(f"{len(plain)} newer exports", rows, before, after)]
    warnings = []
    for one in [*plain, *(one for one in told if one.remark)]:
        warning = (
            f"{older}: {one.rows} row{'s' * (one.rows != 1)} ({one.before:.1f} {unit}) replaced by "
            f"{one.newer}, whose rows of the same period hold {one.after:.1f} {unit}{one.remark}"
        )
        warnings.append(Loss(warning) if one.after < one.before else warning)
    return warnings


def _same_work(files: Sequence[Dated]) -> list[str]:
    """Same person, day and hours in two tools: the tool with more rows counts, then its name."""
    rows = _stacked(files, ["tool", "person_line", "worked_on", "hours"])
    sizes = rows.group_by("tool").len().sort(["len", "tool"], descending=[True, False])
    if sizes.height < 2:
        return []
    tools = sizes["tool"].to_list()
    key = ["person_line", "worked_on", "hundredths"]
    rows = rows.with_columns(
        hundredths=(pl.col("hours") * 100).round().cast(pl.Int64),
        tool_rank=pl.col("tool").replace_strict(tools, range(len(tools)), return_dtype=pl.Int32),
    )
    counts = rows.group_by(*key, "tool_rank").len().sort("tool_rank")
    covered = (
        counts.filter(pl.struct(key).is_duplicated())
        .with_columns(covered=pl.col("len").cum_max().shift(1, fill_value=0).over(key))
        .filter(pl.col("covered") > 0)
        .select(*key, "tool_rank", "covered")
    )
    doubled = rows.join(covered, on=[*key, "tool_rank"], how="inner", maintain_order="left").filter(
        pl.int_range(1, pl.len() + 1).over(*key, "tool_rank") <= pl.col("covered")
    )
    if doubled.is_empty():
        return []
    _take_out(
        files, doubled, SAME_WORK,
        "the same person, day and hours stand in an export of another tool; remove one of them",
    )  # fmt: skip
    second = sorted(set(doubled["tool"]))
    return [
        f"{doubled.height} timesheet rows of {', '.join(second)} stand in another tool's export "
        "too (same person, day and hours) and are kept out, not summed"
    ]


def _ranks(files: Sequence[Dated], day: str) -> list[int]:
    """0 for the oldest file."""

    def age(index: int) -> tuple[str, int, int]:
        main = files[index].content.main
        assert main is not None
        return (str(main[day].max() or ""), index, main.height)

    order = sorted(range(len(files)), key=age)
    return [order.index(index) for index in range(len(files))]


def _stacked(
    files: Sequence[Dated], columns: Sequence[str], ranks: Sequence[int] | None = None
) -> pl.DataFrame:
    """Columns of all main frames with `file` and `row` (index in the frame), `tool` and `rank`."""
    frames = []
    for index, file in enumerate(files):
        main = file.content.main
        assert main is not None
        frame = main.with_columns(tool=pl.lit(file.content.tool)).select(columns)
        frames.append(
            frame.with_row_index("row").with_columns(
                file=pl.lit(index), rank=pl.lit(ranks[index] if ranks else 0)
            )
        )
    return pl.concat(frames)


def _take_out(files: Sequence[Dated], rows: pl.DataFrame, reason: str, mend: str) -> None:
    """Rows (`file`, `row`) out of their frames: with a mend to quarantine, else as non-data."""
    for (index,), group in rows.group_by("file", maintain_order=True):
        content = files[int(str(index))].content
        assert content.main is not None
        wanted = pl.Series(range(content.main.height), dtype=pl.UInt32)
        is_out = wanted.is_in(group["row"].implode())
        if mend:
            content.quarantine(is_out, reason, mend)
        else:
            content.declare_non_data(is_out, reason)
