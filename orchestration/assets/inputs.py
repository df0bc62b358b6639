"""Assets of one engagement: the raw tables and the proposals of the enrichment step."""

from collections.abc import Iterator

from dagster import (
    AssetDep,
    AssetExecutionContext,
    AssetKey,
    AssetSpec,
    MarkdownMetadataValue,
    MaterializeResult,
    MetadataValue,
    ResourceParam,
    multi_asset,
)

from ingestion.tables import RAW_TABLES
from llm_enrichment.tables import ENRICHMENT_TABLES
from orchestration.event_log import stored_together
from orchestration.partitions import engagements
from orchestration.resources import Jalon

RAW_KEYS = [AssetKey(["raw", table]) for table in RAW_TABLES]
ENRICHMENT_KEYS = [AssetKey(["enrichment", table]) for table in ENRICHMENT_TABLES]


@multi_asset(
    name="ingestion",
    specs=[AssetSpec(key, group_name="ingestion", kinds={"parquet"}) for key in RAW_KEYS],
    partitions_def=engagements,
)
def raw_tables(
    context: AssetExecutionContext, jalon: ResourceParam[Jalon]
) -> Iterator[MaterializeResult[None]]:
    """Read the inbox, the config and the decisions of one engagement."""
    with jalon.stages(context.partition_key) as flow:
        snapshot = flow.ingest()
    metadata: dict[str, str | int | MarkdownMetadataValue] = {
        "snapshot": snapshot.snapshot_id,
        "files": len(snapshot.files),
        "rows_loaded": sum(file.rows_loaded for file in snapshot.files),
        "rows_quarantined": sum(file.rows_quarantined for file in snapshot.files),
        "warnings": MetadataValue.md("\n".join(f"- {line}" for line in snapshot.warnings)),
    }
    with stored_together(context.instance.event_log_storage):
        for key in RAW_KEYS:
            yield MaterializeResult(asset_key=key, metadata=metadata)


@multi_asset(
    name="llm_enrichment",
    specs=[
        AssetSpec(
            key,
            group_name="llm_enrichment",
            kinds={"parquet"},
            deps=[AssetDep(k) for k in RAW_KEYS],
        )
        for key in ENRICHMENT_KEYS
    ],
    partitions_def=engagements,
)
def enrichment_tables(
    context: AssetExecutionContext, jalon: ResourceParam[Jalon]
) -> Iterator[MaterializeResult[None]]:
    """Tag tasks, match labels and extract facts of one engagement."""
    with jalon.stages(context.partition_key) as flow:
        _, enrichment_id = flow.refresh()
        metadata = {"enrichment": enrichment_id} | flow.enrichment_facts(enrichment_id)
    with stored_together(context.instance.event_log_storage):
        for key in ENRICHMENT_KEYS:
            yield MaterializeResult(asset_key=key, metadata=metadata)
