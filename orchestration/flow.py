"""The stages of the flow for one engagement, each safe to repeat: the one code path.

The Dagster assets are thin wrappers of these; `jalon run`, the UI, the sensor and the schedule all
go through those assets. Every stage is named by the content that it reads, so that a stage done
before is recognised, and a stage cut short is simply done again.
Does not belong here: Dagster, formulas, anything that a stage itself does.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from ingestion import atomic
from ingestion.config import load_engagement
from ingestion.errors import InputError
from ingestion.snapshot import Snapshot, is_whole
from ingestion.snapshot import ingest as ingest_engagement
from orchestration import crash_points
from orchestration.build_plan import BuildPlan, manifest_facts
from orchestration.clean_up import clean_up
from orchestration.code_version import code_version
from orchestration.locks import exclusive
from orchestration.losses import tell_losses
from orchestration.months import default_month, month_end
from orchestration.paths import Home
from orchestration.prepare import prepared_statements
from orchestration.progress import UNCHANGED, Progress
from orchestration.provider import provider_settings
from orchestration.report import render_site
from orchestration.sealed import is_sound, seal
from orchestration.statements import build_by_statements
from orchestration.warehouse import BuildInputs, NodeResult, WarehouseError
from quality.disclosure import AUDITED_TABLE, read_terms
from quality.expectations import too_narrow
from quality.withholding import more_to_withhold
from reports.marts import export_marts, export_table, file_hash, marts_fingerprint, parquet_hashes
from reports.publication import Publication, publish

if TYPE_CHECKING:
    from llm_enrichment.enrich import EnrichmentReport

# Written last: the hashes of the tables beside it.
_TRANSFORMED = "transformed.json"
# For the audit alone: cells that are not published, in the figures that are.
_AUDITED = f"intermediate.{AUDITED_TABLE}"


class Flow:
    """The stages for one engagement."""

    def __init__(self, home: Home, engagement: str, progress: Progress | None = None) -> None:
        """`progress` is told what each stage did and how long it took."""
        self.home = home
        self.engagement = engagement
        self.progress = progress or Progress()

    # --- inputs -----------------------------------------------------------------------------

    def ingest(self) -> Snapshot:
        """Read the inbox, config and decisions into an immutable snapshot of raw tables."""
        with self._locked("ingest"), self.progress.stage("ingestion") as notes:
            crash_points.reach("ingest")
            snapshot = ingest_engagement(
                self.home.engagement(self.engagement),
                self.home.lake,
                self.home.vault,
                self.progress.hint,
            )
            loaded = sum(file.rows_loaded for file in snapshot.files)
            kept_out = sum(file.rows_quarantined for file in snapshot.files)
            if not snapshot.is_new:
                notes.append(UNCHANGED)
            notes.append(
                f"{len(snapshot.files)} files, {loaded:,} rows loaded, {kept_out:,} kept out"
            )
        return snapshot

    def enrich(self, snapshot_id: str) -> str:
        """Tag, match and extract from one snapshot; returns the enrichment's id."""
        settings = provider_settings(self.home, self.engagement)
        named = f"{snapshot_id}\0{settings!r}\0{code_version()}"
        enrichment_id = hashlib.sha256(named.encode()).hexdigest()[:16]
        folder = self.home.enrichment(self.engagement, enrichment_id)
        with self._locked("enrich"), self.progress.stage("enrichment") as notes:
            crash_points.reach("enrich")
            notes.append("offline provider" if settings.is_offline else str(settings.model))
            if is_sound(folder):
                notes.append(UNCHANGED)
                return enrichment_id
            atomic.remove_leftovers(folder.parent)
            if folder.is_dir():
                notes.append("the stored tables were damaged and are made again")
                atomic.remove_folder(folder)

            def fill(tables: Path) -> None:
                from llm_enrichment.enrich import enrich  # imports scikit-learn: a second

                cache = self.home.llm_cache / self.engagement
                raw = self.raw(snapshot_id)
                notes.extend(_told(enrich(raw, tables, cache, settings, self.progress.hint)))
                seal(tables)

            atomic.write_folder(folder, fill)
        return enrichment_id

    def enrichment_facts(self, enrichment_id: str) -> dict[str, Any]:
        """By whom an enrichment was made, with how many calls, and what it cost when it was."""
        folder = self.home.enrichment(self.engagement, enrichment_id)
        (facts,) = pq.read_table(folder / "enrichment_run.parquet").to_pylist()
        return {name: value for name, value in facts.items() if value is not None}

    def raw(self, snapshot_id: str) -> Path:
        """Folder of one snapshot's raw tables."""
        return self.home.lake / self.engagement / "snapshots" / snapshot_id

    def raw_before(self) -> Path | None:
        """Folder of the raw tables of the last refresh, where there was one."""
        noted = self._noted_inputs()
        return self.raw(noted["snapshot_id"]) if noted else None

    # --- one build --------------------------------------------------------------------------

    def refresh(self) -> tuple[str, str]:
        """Ingest and enrich what there is now; returns the ids of snapshot and enrichment.

        Where the inputs are as they were at the last refresh, and what it made is whole, those.
        """
        state = self._inputs_state()
        noted = self._noted_inputs()
        if noted and noted["state"] == state and self._is_whole(noted):
            return noted["snapshot_id"], noted["enrichment_id"]
        snapshot = self.ingest()
        snapshot_id = snapshot.snapshot_id
        if noted is None or noted["snapshot_id"] != snapshot_id:
            tell_losses(self.engagement, self.raw_before(), snapshot, self.progress.say)
        enrichment_id = self.enrich(snapshot_id)
        ids = {"snapshot_id": snapshot_id, "enrichment_id": enrichment_id}
        self._note(self._inputs_path(), {"state": state, **ids})
        return snapshot_id, enrichment_id

    def plan(self, month: str) -> BuildPlan:
        """Pin what a build reads, as it is now, and remember it for the stages that follow."""
        snapshot_id, enrichment_id = self.refresh()
        plan = BuildPlan(self.engagement, month, snapshot_id, enrichment_id, code_version())
        self._note(self._plan_path(month), asdict(plan))
        return plan

    def pinned_plan(self, month: str) -> BuildPlan:
        """The plan that `plan` wrote last for this month.

        Raises:
            InputError: where there is none.
        """
        try:
            return BuildPlan(**json.loads(self._plan_path(month).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            raise InputError(
                f"no build of {self.engagement} as of {month} is planned yet; start with the asset "
                "build/parameters, or with `jalon run`"
            ) from None

    def known_plan(self, month: str | None) -> BuildPlan | None:
        """The plan that the inputs as they are now would give, if they were read before.

        Args:
            month: YYYY-MM, or None for the default month.
        """
        known = self._noted_inputs()
        if known is None or known["state"] != self._inputs_state():
            return None
        if not self.raw(known["snapshot_id"]).is_dir():
            return None
        zone = load_engagement(self.home.engagement(self.engagement)).zone
        month = month or default_month(self.raw(known["snapshot_id"]), datetime.now(zone).date())
        return BuildPlan(
            self.engagement, month, known["snapshot_id"], known["enrichment_id"], code_version()
        )

    def transform(self, plan: BuildPlan) -> list[NodeResult]:
        """Build all dbt models of a plan and export the marts, unless that was done before."""
        build = self.home.build(self.engagement, plan.build_id)
        with self._locked(f"build.{plan.build_id}"), self.progress.stage("dbt") as notes:
            results = _read_transformed(build)
            if results is not None:
                notes.append(UNCHANGED)
                return results
            if (build / _TRANSFORMED).exists():
                notes.append("the stored marts were damaged and are made again")
            shutil.rmtree(build, ignore_errors=True)
            crash_points.reach("transform")
            inputs = BuildInputs(
                self.raw(plan.snapshot_id),
                self.home.enrichment(self.engagement, plan.enrichment_id),
                self.engagement,
                month_end(plan.month),
                plan.build_id,
            )
            results, withheld = self._build_withholding(build, inputs)
            crash_points.reach("export")
            tables = export_marts(build / "warehouse.duckdb", build / "marts")
            content = {
                "marts": parquet_hashes(build / "marts"),
                "audit": parquet_hashes(build / "audit"),
                "results": [asdict(result) for result in results],
            }
            write_json(build / _TRANSFORMED, content)
            notes.append(f"{len(results)} models and tests, {len(tables)} marts")
            if withheld:
                notes.append(f"{len(withheld)} more withheld, as totals gave small cells away")
        return results

    def judge(self, plan: BuildPlan) -> dict[str, Any]:
        """Run the quality gate over the exported marts and store its verdict.

        Raises:
            WarehouseError: where dbt has not finished this build, so its tests are not known.
        """
        build = self.home.build(self.engagement, plan.build_id)
        with self._locked(f"build.{plan.build_id}"), self.progress.stage("gate") as notes:
            from quality.gate import judge  # imports Great Expectations, which takes seconds

            crash_points.reach("gate")
            results = _read_transformed(build)
            if results is None:
                raise WarehouseError(f"the marts of build {plan.build_id} are not as dbt left them")
            failed_tests = [result.name for result in results if result.has_failed]
            verdict = judge(build, plan.build_id, marts_fingerprint, failed_tests)
            notes.append(f"{verdict['checked_count']} expectations")
            notes.append(f"{len(verdict['errors'])} errors, {len(verdict['warnings'])} warnings")
        return verdict

    def verdict(self, plan: BuildPlan) -> dict[str, Any] | None:
        """The stored verdict of the gate, or None where it has not spoken."""
        path = self.home.build(self.engagement, plan.build_id) / "verdict.json"
        try:
            verdict: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return verdict

    def publish(self, plan: BuildPlan) -> Publication:
        """Publish a judged build as the current one of its month."""
        with self._locked("publish"), self.progress.stage("publication") as notes:
            publication = publish(
                self.home.build(self.engagement, plan.build_id),
                self.home.published(self.engagement),
                plan.month,
                plan.build_id,
                manifest_facts(plan, self.raw(plan.snapshot_id)),
                crash_points.reach,
            )
            notes.append(f"build {plan.build_id}" + ("" if publication.is_new else ", unchanged"))
            clean_up(self.home, self.engagement)
        return publication

    def render(self, plan: BuildPlan) -> Path:
        """Build the report of a published month; an unchanged one is left as it is."""
        with self._locked("render"), self.progress.stage("report"):
            crash_points.reach("render")
            return render_site(self.home, self.engagement, plan.month, self.progress.hint)

    # --- parts ------------------------------------------------------------------------------

    def _build_withholding(
        self, build: Path, inputs: BuildInputs
    ) -> tuple[list[NodeResult], tuple[str, ...]]:
        """Build until no published figure gives a hidden cell away, and say what that took."""
        statements = prepared_statements(self.home)
        while True:
            results = build_by_statements(build / "warehouse.duckdb", inputs, statements)
            export_audited(build / "warehouse.duckdb", build)
            more = more_to_withhold(read_terms(build / "audit"), too_narrow())
            if not more:
                return results, inputs.withheld
            inputs = replace(inputs, withheld=(*inputs.withheld, *more))

    def _locked(self, name: str) -> AbstractContextManager[None]:
        return exclusive(self.home.locks / f"{self.engagement}.{name}")

    def _note(self, path: Path, value: Any) -> None:
        with self._locked("notes"):
            atomic.remove_leftovers(path.parent, path.name)
            write_json(path, value)

    def _noted_inputs(self) -> dict[str, str] | None:
        """State of the inputs at the last refresh, and the ids of what it made."""
        try:
            noted = json.loads(self._inputs_path().read_text(encoding="utf-8"))
            return {key: str(noted[key]) for key in ("state", "snapshot_id", "enrichment_id")}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _is_whole(self, noted: Mapping[str, str]) -> bool:
        enrichment = self.home.enrichment(self.engagement, noted["enrichment_id"])
        return is_whole(self.raw(noted["snapshot_id"])) and is_sound(enrichment)

    def _inputs_path(self) -> Path:
        return self.home.work / "inputs" / f"{self.engagement}.json"

    def _inputs_state(self) -> str:
        """Hash of what people wrote and of the code that reads it."""
        digest = hashlib.sha256(code_version().encode())
        folder = self.home.engagement(self.engagement)
        digest.update(repr(provider_settings(self.home, self.engagement)).encode())
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(f"{path.relative_to(folder)} {file_hash(path)}\n".encode())
        return digest.hexdigest()

    def _plan_path(self, month: str) -> Path:
        return self.home.work / "plans" / self.engagement / f"{month}.json"


def export_audited(warehouse: Path, build: Path) -> None:
    """Write what the gate reads beside the marts."""
    export_table(warehouse, _AUDITED, build / "audit")


def _read_transformed(build: Path) -> list[NodeResult] | None:
    """Results of a finished transform whose marts are still as it left them, else None."""
    try:
        content = json.loads((build / _TRANSFORMED).read_text(encoding="utf-8"))
        wanted = [(folder, content[folder].items()) for folder in ("marts", "audit")]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not all(hashes <= parquet_hashes(build / folder).items() for folder, hashes in wanted):
        return None
    return [NodeResult(**result) for result in content["results"]]


def _told(report: "EnrichmentReport") -> list[str]:
    """What the endpoint did, where there is one."""
    if report.provider == "offline":
        return []
    told = [f"{report.calls_count} calls, {report.cached_count} answers from the cache"]
    if report.failed_count:
        told.append(f"{report.failed_count} without a valid answer, done offline")
    return told if report.cost is None else [*told, f"cost {report.cost:.2f}"]


def write_json(path: Path, value: Any) -> None:
    """Write `value` to `path` at once; a reader sees the old or the new text."""
    atomic.write_bytes(path, json.dumps(value).encode())
