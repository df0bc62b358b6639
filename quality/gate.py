"""The gate: judge the exported marts of one build and store the verdict beside them.

The verdict names the exact bytes that it is about; publication refuses any others. A gate that
found nothing to check fails. Great Expectations is imported here only: it takes seconds.
Does not belong here: what is expected (expectations, suites), publishing (reports).
"""

import json
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from quality.disclosure import known_shares, read_terms
from quality.expectations import Expectation, Severity, all_expectations, too_narrow
from quality.withholding import inevitably_known

RESULTS_TABLE = "fct_quality_results"
_RESULTS_SCHEMA = pa.schema(
    [
        ("engagement_id", pa.string()),
        ("expectation", pa.string()),
        ("table", pa.string()),
        ("page", pa.string()),
        ("severity", pa.string()),
        ("is_passed", pa.bool_()),
        ("observed", pa.string()),
        ("threshold", pa.string()),
        ("reason", pa.string()),
        ("mend", pa.string()),
        ("build_id", pa.string()),
    ]
)


def judge(
    build: Path,
    build_id: str,
    fingerprint: Callable[[Path], str],
    failed_tests: Sequence[str] = (),
    expectations: Sequence[Expectation] | None = None,
) -> dict[str, Any]:
    """Run every expectation over `build/marts` and write `build/verdict.json`.

    Also writes the mart `fct_quality_results` (one row per expectation).

    Args:
        build: folder of the build, with `marts/*.parquet` and the table for the disclosure audit
            in `audit/`, which is never published.
        build_id: its name, stored in the verdict.
        fingerprint: names the content of a folder of marts; publication uses the same function.
        failed_tests: names of dbt tests that failed; each blocks.
        expectations: what is expected, in place of what is of an engagement and its audit.

    Returns:
        The verdict: is_passed, fingerprint, counts, failures (name, reason, mend).
    """
    marts = build / "marts"
    (build / "verdict.json").unlink(missing_ok=True)
    (marts / f"{RESULTS_TABLE}.parquet").unlink(missing_ok=True)
    rows = _test_rows(failed_tests)
    if expectations is None:
        rows += _run(build, all_expectations(), is_audited=True)
    else:
        rows += _run(build, expectations, is_audited=False)
    engagement_id = _engagement_id(marts)
    for row in rows:
        row |= {"build_id": build_id, "engagement_id": engagement_id}
    pq.write_table(
        pa.Table.from_pylist(rows, schema=_RESULTS_SCHEMA), marts / f"{RESULTS_TABLE}.parquet"
    )
    errors = [r for r in rows if not r["is_passed"] and r["severity"] == Severity.ERROR]
    warned = [r for r in rows if not r["is_passed"] and r["severity"] == Severity.WARNING]
    verdict = {
        "build_id": build_id,
        "fingerprint": fingerprint(marts),
        "is_passed": bool(rows) and not errors,
        "checked_count": len(rows),
        "errors": [_told(row) for row in errors],
        "warnings": [_told(row) for row in warned],
    }
    (build / "verdict.json").write_text(
        json.dumps(verdict, ensure_ascii=False, indent=2), encoding="utf-8"
    )
    return verdict


def _run(
    build: Path, expectations: Sequence[Expectation], is_audited: bool
) -> list[dict[str, Any]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    # One definition for all tables: each that is added writes the whole context as YAML.
    whole = (
        context.data_sources.add_pandas("marts")
        .add_dataframe_asset("table")
        .add_batch_definition_whole_dataframe("whole")
    )
    rows: list[dict[str, Any]] = []
    queries: list[Expectation] = []
    marts = build / "marts"
    with duckdb.connect(config={"threads": 1}) as connection:
        for path in sorted(marts.glob("*.parquet")):
            name = str(path).replace("'", "''")
            connection.execute(f"create view {path.stem} as from read_parquet('{name}')")
        if is_audited:
            _audit_hidden_cells(connection, build / "audit")
        tables = sorted({e.table for e in expectations})
        for table in tables:
            of_table = [e for e in expectations if e.table == table]
            if not (marts / f"{table}.parquet").is_file():
                rows += [_unchecked(e, "the table is missing") for e in of_table]
                continue
            if columns := [e for e in of_table if not e.is_query]:
                frame = connection.execute(f"select * from {table}").df()
                rows += _validated(gx, whole, table, frame, columns)
            queries += [e for e in of_table if e.is_query]
        observed: dict[str, Any] = {}
        for e in queries:
            try:
                found = connection.execute(e.arguments["sql"]).fetchone()
                observed[e.name] = found[0] if found else None
            except (duckdb.CatalogException, duckdb.BinderException):
                rows.append(_unchecked(e, "a table or column that it reads is missing"))
    if observed:
        asked = [e for e in queries if e.name in observed]
        rows += _validated_queries(gx, whole, observed, asked)
    return sorted(rows, key=lambda row: (row["table"], row["expectation"]))


def _unchecked(expectation: Expectation, why: str) -> dict[str, Any]:
    """Whatever it would have been, error or warning: what cannot be checked blocks."""
    return _row(expectation, False, why) | {"severity": Severity.ERROR.value}


def _audit_hidden_cells(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make the table `hidden_cells`: one row per cell and attack, with what is known of it.

    Raises:
        FileNotFoundError: without the audited table nothing may be published.
    """
    terms = read_terms(folder)
    inevitable = inevitably_known(terms, too_narrow())
    connection.execute(
        "create table hidden_cells (attack varchar, known_share double, is_inevitable boolean)"
    )
    # Whoever reads the totals too knows all that the sums of hours say.
    for attack, kinds in (("hours", {"hours"}), ("totals", {"hours", "steps"})):
        shares = known_shares(term for term in terms if term.kind in kinds)
        for cell, share in shares.items():
            row = [attack, share, cell in inevitable]
            connection.execute("insert into hidden_cells values (?, ?, ?)", row)


def _validated(
    gx: Any, whole: Any, name: str, frame: Any, expectations: Sequence[Expectation]
) -> list[dict[str, Any]]:
    suite = gx.ExpectationSuite(
        name=name,
        expectations=[
            getattr(gx.expectations, e.kind)(**e.arguments, meta={"name": e.name})
            for e in expectations
        ],
    )
    result = whole.get_batch({"dataframe": frame}).validate(
        suite, result_format={"result_format": "BASIC", "partial_unexpected_count": 0}
    )
    by_name = {r.expectation_config.meta["name"]: r for r in result.results}
    return [
        _row(e, bool(by_name[e.name].success), _observed(by_name[e.name])) for e in expectations
    ]


def _validated_queries(
    gx: Any, whole: Any, observed: dict[str, Any], queries: Sequence[Expectation]
) -> list[dict[str, Any]]:
    """Cross-checks: one row, one column per query; a null has nothing to check and passes."""
    import pandas as pd

    rows = [_row(e, True, "nothing to check") for e in queries if observed[e.name] is None]
    known = [e for e in queries if observed[e.name] is not None]
    if not known:
        return rows
    # Of one row the maximum is the value; to judge each value takes three times as long.
    bounds = [
        replace(
            e,
            kind="ExpectColumnMaxToBeBetween",
            arguments={
                "column": e.name,
                "min_value": e.arguments.get("min_value"),
                "max_value": e.arguments.get("max_value"),
            },
        )
        for e in known
    ]
    values = {e.name: float(observed[e.name]) for e in known}
    judged = _validated(gx, whole, "cross-checks", pd.DataFrame([values]), bounds)
    for row, e in zip(judged, known, strict=True):
        row |= {"observed": f"{values[e.name]:.6g}", "threshold": e.threshold}
    return rows + judged


def _observed(result: Any) -> str:
    details = result.result or {}
    if result.exception_info and result.exception_info.get("raised_exception"):
        return "could not be checked"
    for key in ("observed_value", "unexpected_count"):
        if details.get(key) is not None:
            value = details[key]
            return f"{value} unexpected" if key == "unexpected_count" else str(value)
    return "as expected" if result.success else "not as expected"


def _row(expectation: Expectation, is_passed: bool, observed: str) -> dict[str, Any]:
    return {
        "expectation": expectation.name,
        "table": expectation.table,
        "page": expectation.page,
        "severity": expectation.severity.value,
        "is_passed": is_passed,
        "observed": observed,
        "threshold": expectation.threshold,
        "reason": expectation.reason,
        "mend": expectation.mend,
    }


def _test_rows(failed_tests: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "expectation": name,
            "table": "dbt",
            "page": "data-quality",
            "severity": Severity.ERROR.value,
            "is_passed": False,
            "observed": "failed",
            "threshold": "no failing row",
            "reason": "a key or a rule that every table must obey is broken",
            "mend": "a fault of the model, not of the data: report it with the name of the build",
        }
        for name in failed_tests
    ]


def _told(row: dict[str, Any]) -> dict[str, str]:
    return {key: str(row[key]) for key in ("expectation", "table", "observed", "reason", "mend")}


def _engagement_id(marts: Path) -> str | None:
    path = marts / "dim_engagements.parquet"
    if not path.is_file():  # the portfolio is of no engagement
        return None
    table = pq.read_table(path, columns=["engagement_id"])
    return table.column(0)[0].as_py() if table.num_rows else None
